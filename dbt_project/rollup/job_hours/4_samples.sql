-- The energy of those cuts, from the samples: a step that a cut divides gives each side its part by time.
create table spans as
select distinct hosts.hostname, held.node, held.hour, held.since_us, held.until_us
from held
inner join hosts
    on held.node = hosts.node;

create table span_joules as
select
    spans.node,
    spans.hour,
    spans.since_us,
    sum(cast(
        unlabelled.joules
        * (least(unlabelled.ended_us, spans.until_us) - greatest(unlabelled.ended_us - unlabelled.step_us, spans.since_us))
        / unlabelled.step_us as decimal(38, 9)
    )) as joules
from unlabelled
inner join spans
    on unlabelled.hostname = spans.hostname
    and unlabelled.hour = spans.hour
    and unlabelled.ended_us > spans.since_us
    and unlabelled.ended_us - unlabelled.step_us < spans.until_us
group by spans.node, spans.hour, spans.since_us
