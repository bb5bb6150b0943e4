"""What reads the bytes of photos, in processes of their own."""
