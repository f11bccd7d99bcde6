# One image for web, worker, beat and, in the demo, the simulator: the command of each stands in the Procfile.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc pkg-config libmariadb-dev \
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt /build/
COPY requirements/base.txt /build/requirements/
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r /build/requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libmariadb3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home haat \
    && install -d -o haat /data
COPY --from=build /venv /venv
WORKDIR /app
COPY --chown=haat . .
USER haat
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app/site:/app PYTHONUNBUFFERED=1 DATA_DIR=/data HOST=0.0.0.0 PORT=8000
# Static files are part of the image; the key only lets settings load.
RUN DJANGO_SETTINGS_MODULE=settings.demo SECRET_KEY=build DATA_DIR=/app/build-data python manage.py collectstatic --noinput
ENV STATIC_ROOT=/app/build-data/static
EXPOSE 8000
CMD ["honcho", "start", "web"]
