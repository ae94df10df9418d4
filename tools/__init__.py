"""What developers run through ./run: catalogues, bench, shots."""
