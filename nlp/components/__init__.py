"""The components of the pipeline, one file each: Doc in, Doc out."""
