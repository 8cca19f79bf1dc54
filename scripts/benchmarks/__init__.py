"""What vnocr costs, measured beside its peers in one run, so that ratios mean something."""
