from whitenoise.storage import CompressedManifestStaticFilesStorage


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files."""
