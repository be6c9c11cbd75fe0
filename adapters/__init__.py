"""PokéAPI, Blob Storage, Table Storage and the settings: the only modules that do I/O."""
