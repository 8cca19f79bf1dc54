"""Makes the sample dispatches: text in samples/content, pages laid out here, worn like scans."""
