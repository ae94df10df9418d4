"""What every page needs of Flask: guards, forms, page cache, error pages and security headers. Knows no feature."""
