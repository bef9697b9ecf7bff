"""What people see on screen; reads the published file alone."""
