"""What people see: pages that read the published file and nothing else."""
