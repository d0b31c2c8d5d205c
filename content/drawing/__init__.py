"""The pictures of A Grammar of Ornament: motifs, materials, palettes and the table of works."""
