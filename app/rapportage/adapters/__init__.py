"""What reports write, and ask of other programs: files, the typesetter and GDAL in processes of their own."""
