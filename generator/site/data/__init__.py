"""What browsers and other programs read: JSON, IIIF, linked data, open data, feeds, sitemap."""
