"""Run the whole system on one machine: storage emulator, PokéAPI replica, function app and front end."""
