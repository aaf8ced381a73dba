"""Components: small templates that declare what they accept and refuse the rest. Built in: no `{% load %}` needed.

`{% component "button" label=_("Publish the answer") %}` renders `components/button.html`.
`{% wrap "notice" kind="good" %}…{% endwrap %}` hands what stands between the tags over as `slot`.
A component's first line declares its parameters: `{# accepts: label url="" kind="main" #}`; those without a default are required.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Template, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()

_DECLARATION = re.compile(r"\A\{# accepts:(?P<parameters>.*?)#\}")
_PARAMETER = re.compile(r"(?<!\S)(?P<name>[a-z_]+)(?:=(?P<default>\"[^\"]*\"|'[^']*'|[\w.]+))?(?=\s|$)")


@dataclass(frozen=True)
class Declaration:
    """What a component accepts."""

    required: frozenset[str]
    defaults: dict[str, Any] = field(hash=False)

    def mistakes(self, given: set[str]) -> list[str]:
        """What is wrong with a call that gives these parameters, in words."""
        unknown, missing = given - self.required - self.defaults.keys(), self.required - given
        return [f"does not accept {name!r}" for name in sorted(unknown)] + [f"needs {name!r}" for name in sorted(missing)]


@lru_cache(maxsize=256)
def read_declaration(source: str) -> Declaration:
    """The declaration on a component's first line; raises TemplateSyntaxError when there is none."""
    declared = _DECLARATION.match(source)
    if not declared:
        raise template.TemplateSyntaxError("A component starts with {# accepts: … #} on its first line.")
    text = declared["parameters"].strip()
    if rest := _PARAMETER.sub("", text).strip():
        raise template.TemplateSyntaxError(f"A component's declaration is not understood here: {rest}")
    found = {match["name"]: match["default"] for match in _PARAMETER.finditer(text)}
    defaults = {name: ast.literal_eval(default) for name, default in found.items() if default is not None}
    return Declaration(frozenset(found.keys() - defaults.keys()), defaults)


class ComponentNode(template.Node):
    """One use of a component; it sees its parameters, the request and the CSRF token, nothing else."""

    child_nodelists = ("slot",)

    def __init__(self, component: Template, defaults: dict[str, Any], given: dict[str, FilterExpression], slot: NodeList | None) -> None:
        self.component, self.defaults, self.given, self.slot = component, defaults, given, slot

    def render(self, context: Context) -> SafeString:
        values = self.defaults | {name: value.resolve(context) for name, value in self.given.items()}
        if self.slot is not None:
            values["slot"] = self.slot.render(context)
        values |= {"request": context.get("request"), "csrf_token": context.get("csrf_token")}
        return SafeString(self.component.render(context.new(values)).strip())


def _parse(parser: Parser, token: Token, slot: NodeList | None) -> ComponentNode:
    tag, *bits = token.split_contents()
    if not bits or not re.fullmatch(r"([\"'])[a-z_]+\1", bits[0]):
        raise template.TemplateSyntaxError(f"{{% {tag} %}} starts with the component's name in quotes.")
    name, rest = bits[0][1:-1], bits[1:]
    given = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError(f"{{% {tag} {name!r} %}} takes name=value parameters, not {rest[0]!r}.")
    component = template.Engine.get_default().get_template(f"components/{name}.html")
    declaration = read_declaration(str(component.source))
    mistakes = declaration.mistakes(set(given) | ({"slot"} if slot is not None else set()))
    if mistakes:
        raise template.TemplateSyntaxError(f"The component {name!r} {', '.join(mistakes)}.")
    return ComponentNode(component, declaration.defaults, given, slot)


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component "name" parameter=value %}`"""
    return _parse(parser, token, None)


@register.tag
def wrap(parser: Parser, token: Token) -> ComponentNode:
    """`{% wrap "name" parameter=value %}…{% endwrap %}`: the content goes to the component as `slot`."""
    slot = parser.parse(("endwrap",))
    parser.delete_first_token()
    return _parse(parser, token, slot)
