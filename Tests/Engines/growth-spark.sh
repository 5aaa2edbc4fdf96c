#!/bin/sh
# Measures a query on a Spark of its own, a master and two workers on loopback.
# usage: growth-spark.sh PYTHON TABLE.sql QUERY.sql ROWS…
python=$1
shift
export SPARK_LOCAL_IP=127.0.0.1
SPARK_HOME=$("$python" -c 'import pyspark, os; print(os.path.dirname(pyspark.__file__))') || exit 1
export SPARK_HOME
folder=$(mktemp -d)
pids=
finish() {
  kill $pids 2>/dev/null
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM
master=spark://127.0.0.1:17078
"$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 17078 --webui-port 0 >/dev/null 2>&1 &
pids=$!
sleep 4
for worker in 0 1; do
  "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 1200m --webui-port 0 \
    --work-dir "$folder/$worker" $master >/dev/null 2>&1 &
  pids="$pids $!"
done
sleep 4
"$python" "$(dirname "$0")/growth.py" spark "$@" $master "$folder" 2>"$folder/errors" || { tail -20 "$folder/errors" >&2; exit 1; }
