"""What planning asks of other processes."""
