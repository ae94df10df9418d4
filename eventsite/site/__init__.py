"""Pages and deeds that know several features at once: sign-up, personal page, dashboard, copying, the public front."""
