"""What the form asks of networks, labels and the log."""

from __future__ import annotations

from dockertui.model.run import attachments, checks, values
from dockertui.model.run.declaring import declarer
from dockertui.model.run.field import Group, RunField, both, syntax
from dockertui.model.run.ports import exposed

_text, _switch, _many = declarer(Group.NETWORK)

NETWORK: tuple[RunField, ...] = (
    _many(
        "networks",
        "Networks",
        "A network to be in, or none, host or container:name; the first is its main one.",
        flag="network",
        also=("net",),
        hint="bridge",
        check=both(attachments.attachment, checks.network),
    ),
    _many(
        "network_aliases",
        "Aliases",
        "Another name for it in its first network.",
        flag="network-alias",
        also=("net-alias",),
        hint="db",
        check=checks.in_network,
    ),
    _text("hostname", "Host name", "What it takes itself to be called.", short="h", hint="its ID"),
    _text("domainname", "Domain", "And what it takes its domain to be called."),
    _many(
        "extra_hosts",
        "Extra hosts",
        "A line of its hosts file; host-gateway stands for the host's address.",
        flag="add-host",
        hint="db:10.0.0.7",
        check=syntax(values.extra_host),
    ),
    _many("dns", "DNS", "A name server.", hint="10.0.0.53", check=syntax(attachments.any_ip)),
    _many("dns_search", "DNS search", "A domain to search names in.", hint="example.org"),
    _many(
        "dns_options",
        "DNS options",
        "An option of its resolver.",
        flag="dns-option",
        also=("dns-opt",),
        hint="ndots:2",
    ),
    _text(
        "ip",
        "IPv4 address",
        "Its address in its first network.",
        hint="172.30.0.7",
        check=both(attachments.ip4, checks.in_network),
    ),
    _text(
        "ip6",
        "IPv6 address",
        "Its address in its first network.",
        hint="2001:db8::7",
        check=both(attachments.ip6, checks.in_network),
    ),
    _many(
        "link_local_ips",
        "Link-local",
        "A link-local address.",
        flag="link-local-ip",
        hint="169.254.0.7",
        check=syntax(attachments.any_ip),
    ),
    _text(
        "mac_address",
        "MAC address",
        "Its hardware address.",
        hint="92:d0:c6:0a:29:33",
        check=syntax(attachments.mac),
    ),
    _many(
        "links",
        "Links",
        "Another container that it finds by a name; networks have replaced this.",
        flag="link",
        hint="db:database",
    ),
    _many(
        "expose",
        "Expose",
        "A port that it listens on, for --publish-all and for readers.",
        hint="8080",
        check=syntax(lambda it: list(exposed(it))),
    ),
    _switch(
        "publish_all",
        "Publish all",
        "Publish every exposed port, on ports of the host that the engine picks.",
        short="P",
    ),
)

_text, _switch, _many = declarer(Group.LABELS)

LABELS: tuple[RunField, ...] = (
    _many(
        "labels",
        "Labels",
        "A label.",
        flag="label",
        short="l",
        hint="name=value",
        check=syntax(values.label),
    ),
    _many(
        "label_files",
        "From a file",
        "Set the labels in a file, name=value on each line.",
        flag="label-file",
        hint="./labels",
        check=checks.file_here,
    ),
    _many(
        "annotations",
        "Annotations",
        "What is told to the runtime.",
        flag="annotation",
        hint="name=value",
        check=syntax(lambda it: values.pair(it, "name=value")),
    ),
    _text(
        "log_driver",
        "Log driver",
        "Who keeps its log; logs of some drivers cannot be read here.",
        hint="json-file",
    ),
    _many(
        "log_opts",
        "Log options",
        "An option of the log driver.",
        flag="log-opt",
        hint="max-size=10m",
        check=syntax(values.log_opt),
    ),
)
