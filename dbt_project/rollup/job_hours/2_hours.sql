-- The plain hourly roll-up, per board and per node.
create table board_hours as
select
    doc_key,
    uuid,
    hostname,
    hour,
    sum(joules) as joules
from unlabelled
group by doc_key, uuid, hostname, hour;

-- Exporters write a host's long name or its address with a port, Slurm its short name.
create table hosts as
select distinct hostname, lower(split_part(split_part(hostname, ':', 1), '.', 1)) as node
from board_hours;

create table node_hours as
select
    board_hours.doc_key,
    hosts.node,
    board_hours.hour,
    sum(board_hours.joules) as joules,
    count(distinct board_hours.uuid) as boards
from board_hours
inner join hosts
    on board_hours.hostname = hosts.hostname
group by board_hours.doc_key, hosts.node, board_hours.hour
