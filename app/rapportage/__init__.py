"""What joins features: object file, figures, exports."""
