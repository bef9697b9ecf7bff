-- connector: prometheus
-- Labels of pods as kube-state-metrics saw them, once per pod and set of labels.
select
    doc_key,
    namespace,
    pod,
    labels,
    min(ts) as first_seen,
    max(ts) as last_seen
from samples
where level = 'labels'
group by doc_key, namespace, pod, labels
