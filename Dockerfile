# One image for Airflow's parts and the dashboard: what requirements/run.txt locks, and the rooms.
FROM python:3.11-slim AS base

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/opt/footing \
    AIRFLOW_HOME=/var/lib/footing/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/footing/dags \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    FOOTING_DATA=/var/lib/footing/data \
    FOOTING_CONFIG=/etc/footing

WORKDIR /opt/footing

COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt

RUN useradd --no-log-init --uid 10001 --home-dir /var/lib/footing --create-home footing \
    && mkdir -p /var/lib/footing/airflow /var/lib/footing/data /etc/footing \
    && chown -R footing:footing /var/lib/footing

COPY config/ /etc/footing/
COPY connectors/ connectors/
COPY dags/ dags/
COPY dashboards/ dashboards/
COPY dbt_project/ dbt_project/
COPY expectations/ expectations/
COPY footing/ footing/
COPY reports/ reports/
COPY .streamlit/ .streamlit/

USER 10001
CMD ["airflow", "version"]
