"""What every other package stands on: errors, records, settings, files, store, workers, progress, words, rights."""
