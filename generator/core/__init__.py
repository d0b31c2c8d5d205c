"""What every other package stands on: errors, records, settings, the store, workers, progress, words, colors, rights."""
