"""Numbers and dates written in ink, stamped or typed between printed words."""
