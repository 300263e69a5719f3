"""Production in containers: what each container runs, its health, the proxy's routes, the installation's secrets."""
