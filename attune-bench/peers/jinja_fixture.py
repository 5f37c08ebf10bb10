"""Writes what Python's jinja2 makes of small templates, under the settings of transformers, for the template tests.

usage: jinja_fixture.py OUT.json
"""

import datetime
import json
import re
import sys

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

CLOCK = datetime.datetime(2024, 7, 6, 14, 5, 9)


class Generation(jinja2.ext.Extension):
    tags = {"generation"}

    def parse(self, parser):
        lineno = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(lineno)

    def _body(self, caller):
        return caller()


def refuse(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


ENVIRONMENT = ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
)
ENVIRONMENT.filters["tojson"] = tojson
ENVIRONMENT.globals["raise_exception"] = refuse
ENVIRONMENT.globals["strftime_now"] = CLOCK.strftime

VARIABLES = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "  Hi there\nyou "},
        {"role": "assistant", "content": "", "tool_calls": [
            {"id": "a1", "type": "function", "function": {"name": "add", "arguments": {"x": 1, "y": 2.5, "z": None}}}]},
        {"role": "tool", "content": "3.5", "name": "add"},
        {"role": "assistant", "content": "It's \"3.5\" <b>&"},
    ],
    "tools": [{"type": "function", "function": {"name": "add", "description": "Adds é.",
        "parameters": {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "number"}}, "required": ["x"]}}}],
    "word": "straße ÀÉ foo-bar_baz 42",
    "text": "one two  three\n\nfour five six seven eight nine ten",
    "numbers": [3, 1, 2, 3],
    "mixed": ["b", "A", "c", "a"],
    "pair": {"b": 1, "a": [1, 2], "C": None},
    "bos_token": "<s>",
    "eos_token": "</s>",
    "empty": "",
    "none": None,
    "add_generation_prompt": True,
}

TEMPLATES = r"""
{% raw %}{{ x }} {% if %}{# c #}{% endraw %}!
a {%- raw -%}  {{ x }}  {%- endraw -%} b
{% call(x) m() %}{{ x }}!{% endcall %}
{% macro m(a, b=2) %}[{{ a }}{{ b }}{{ caller() }}]{% endmacro %}{% call m(1) %}body{% endcall %}
{% macro m() %}{{ caller('x', 3) }}{% endmacro %}{% call(a, b) m() %}{{ a }}-{{ b }}{% endcall %}
{% macro m() %}{{ varargs|join(',') }}|{{ kwargs.a }}{% endmacro %}{{ m(1, 2, a=3) }}
{% macro m(a) %}{{ a }}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}
{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(b=5, a=4) }}
{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}
{% macro m() %}x{% endmacro %}{{ m.name }}{{ m.arguments }}{{ m.catch_varargs }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}
{% macro m(x) %}{% if x > 0 %}{{ x }}{{ m(x - 1) }}{% endif %}{% endmacro %}{{ m(3) }}
{% macro a() %}A{{ b() }}{% endmacro %}{% macro b() %}B{% endmacro %}{{ a() }}
{% macro m(t) -%} {{ t | trim }} {%- endmacro -%} {{ m(' x ') | upper }}
{% macro m() %}<{{ 'a' }}>{% endmacro %}{{ m() ~ 'b' }}{{ m() + 'c' }}{{ m()|length }}
{% filter upper %}abc {{ word }}{% endfilter %}
{% filter trim|upper %}  abc  {% endfilter %}
{% filter replace('a', 'b') %}banana{% endfilter %}
{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a is defined }}
{% with %}{% set q = 1 %}{{ q }}{% endwith %}{{ q is defined }}
{% with a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{% endwith %}
{% set x %}  hi {{ word }}  {% endset %}[{{ x }}]
{% set x | trim | upper %}  hi  {% endset %}[{{ x }}]
{% set a, b = 1, 2 %}{{ a }}{{ b }}
{% set a, b = (1, 2) %}{{ a }}{{ b }}
{% set (a, b) = [3, 4] %}{{ a }}{{ b }}
{% set a, (b, c) = 1, (2, 3) %}{{ a }}{{ b }}{{ c }}
{% set ns = namespace(a=1) %}{% set ns.a, b = 5, 6 %}{{ ns.a }}{{ b }}
{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}
{% set ns = namespace(x=0) %}{% for m in messages %}{% set ns.x = ns.x + 1 %}{% endfor %}{{ ns.x }}
{% set ns = namespace(x=0) %}{% set ns.x %}text{% endset %}{{ ns.x }}
{% for a, b in pair.items() %}{{ a }}={{ b }};{% endfor %}
{% for a, b in pair|items %}{{ a }}={{ b }};{% endfor %}
{% for a, (b, c) in [(1, (2, 3)), (4, (5, 6))] %}{{ a }}{{ b }}{{ c }};{% endfor %}
{% for x in numbers %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}
{% for x in numbers %}{{ loop.depth }}{{ loop.depth0 }}{% for y in [1] %}{{ loop.depth }}{% endfor %}{% endfor %}
{% for x in numbers %}{{ loop.changed(x > 1) }};{% endfor %}
{% for x in numbers %}{{ loop.previtem }}{{ loop.nextitem }};{% endfor %}
{% for x in numbers %}{{ loop.cycle('a', 'b') }}{% endfor %}
{% for x in numbers %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in numbers %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% else %}none{% endfor %}
{% for x in [] %}{{ x }}{% else %}none{% endfor %}
{% for x in numbers if x > 1 %}{{ x }}{{ loop.index }}{{ loop.length }}{% endfor %}
{% for x in numbers recursive %}{{ x }}{% endfor %}
{% for x in [{'v': 1, 'c': [{'v': 2, 'c': []}]}] recursive %}{{ x.v }}({{ loop(x.c) }}){{ loop.depth }}{% endfor %}
{% for x in 'abc' %}{{ x }}-{% endfor %}
{% for x in pair %}{{ x }}{% endfor %}
{% for x in range(3) %}{{ x }}{% endfor %}{% for x in range(5, 1, -2) %}{{ x }}{% endfor %}
{% for x in missing %}{{ x }}{% else %}e{% endfor %}
{% for x in none %}{{ x }}{% endfor %}
{% for x in 5 %}{{ x }}{% endfor %}
{% for m in messages %}{% for t in m.tool_calls %}{{ t.function.name }}{{ loop.last }}{% endfor %}{% endfor %}
{% for x in numbers %}{% set outer = loop %}{% for y in [1, 2] %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}
{% for x in numbers[:2] + [9] %}{{ x }}{% endfor %}
{% if x is defined and x %}a{% elif numbers %}b{% else %}c{% endif %}
{% block content %}in a block {{ word }}{% endblock %}
{% set y = 1 %}{% block b %}{{ y }}{% endblock %}
{% include 'x' %}
{% import 'x' as y %}
{% extends 'x' %}
{% autoescape true %}{{ '<' }}{% endautoescape %}
{% do numbers.append(1) %}
{% generation %}{{ word }}{% endgeneration %}
{% for m in messages %}{% generation %}{% set z = 1 %}{{ m.role }}{% endgeneration %}{% endfor %}
{{ strftime_now('%d %b %Y') }}|{{ strftime_now('%A, %B %-d, %Y %H:%M:%S %I %p %j %U %W %u %w %y %e') }}
{{ strftime_now('%Y-%m-%dT%H:%M:%S%%%F %T %D %R %c %x %X %G %V %a %h %C') }}
{{ strftime_now("%B %Y") if strftime_now is defined else 'x' }}
{{ tools | tojson }}
{{ tools | tojson(indent=4) }}
{{ tools | tojson(indent=2) | length }}
{{ pair | tojson(sort_keys=true) }}
{{ pair | tojson(separators=(',', ':')) }}
{{ pair | tojson(indent=2, separators=(',', ': ')) }}
{{ word | tojson(ensure_ascii=true) }}{{ '😀é"\\/\x7f' | tojson(ensure_ascii=true) }}
{{ '😀é"\\/\x01\x7f' | tojson }}
{{ [1.0, 1e20, 1e-7, 0.1, -0.0, 123456789.125, true, none] | tojson }}
{{ {1: 'a', true: 'b', none: 'c', 2.5: 'd'} | tojson }}
{{ {} | tojson }}{{ [] | tojson }}{{ {'a': {}, 'b': []} | tojson(indent=2) }}
{{ (1, 2) | tojson }}
{{ missing | tojson }}
{{ messages[2].tool_calls[0].function.arguments | tojson }}
{{ messages | map(attribute='role') | list }}
{{ messages | map(attribute='name', default='none') | join(',') }}
{{ messages | map('length') | list }}
{{ mixed | map('upper') | join }}
{{ numbers | map('string') | join('+') }}
{{ messages | selectattr('role', 'equalto', 'user') | list | length }}
{{ messages | selectattr('tool_calls') | list | length }}{{ messages | selectattr('name', 'defined') | map(attribute='name') | list }}
{{ messages | rejectattr('role', 'in', ['user', 'tool']) | map(attribute='role') | join(' ') }}
{{ numbers | select('gt', 1) | list }}{{ numbers | reject('odd') | list }}{{ numbers | select | list }}
{{ (messages | selectattr('role', 'eq', 'user') | first).content }}
{{ messages | selectattr('role', 'eq', 'zzz') | first is defined }}
{{ messages | groupby('role') | length }}{% for k, g in messages | groupby('role') %}{{ k }}:{{ g | length }};{% endfor %}
{% for g in messages | groupby('role') %}{{ g.grouper }}{{ g.list | length }}{% endfor %}
{{ numbers | unique | list }}{{ mixed | unique | list }}{{ mixed | unique(case_sensitive=true) | list }}
{{ numbers | sort }}{{ numbers | sort(reverse=true) }}{{ mixed | sort }}{{ mixed | sort(case_sensitive=true) }}
{{ messages | sort(attribute='role') | map(attribute='role') | list }}
{{ pair | dictsort }}{{ pair | dictsort(true) }}{{ {'a': 2, 'b': 1} | dictsort(by='value') }}{{ {'a': 2, 'b': 1} | dictsort(reverse=true) }}
{{ numbers | min }}{{ numbers | max }}{{ numbers | sum }}{{ mixed | min }}{{ mixed | max(case_sensitive=true) }}{{ [] | min is defined }}
{{ numbers | sum(start=10) }}{{ [{'a': 1}, {'a': 2}] | sum(attribute='a') }}{{ [{'a': 1}, {'a': 2}] | max(attribute='a') }}
{{ numbers | batch(3) | list }}{{ numbers | batch(3, 'x') | list }}
{{ numbers | slice(3) | list }}{{ numbers | slice(3, 'x') | list }}
{{ numbers | first }}{{ numbers | last }}{{ 'abc' | first }}{{ 'abc' | last }}{{ [] | first is defined }}{{ [] | last is defined }}
{{ numbers | reverse | list }}{{ 'abc' | reverse }}
{{ numbers | length }}{{ pair | length }}{{ word | length }}{{ numbers | count }}
{{ numbers | join(', ') }}{{ messages | join('|', attribute='role') }}{{ [1, 'a', none] | join }}
{{ word | upper }}{{ word | lower }}{{ word | title }}{{ word | capitalize }}
{{ "it's o'neil-smith (and) co" | title }}
{{ '  a b ' | trim }}|{{ 'xxaxx' | trim('x') }}|{{ 5 | trim }}
{{ 'abc' | replace('b', 'x') }}{{ 'aaa' | replace('a', 'b', 2) }}{{ 5 | replace(5, 6) }}
{{ 'ab' | replace('', '-') }}{{ 'ab'.replace('', '-') }}{{ 'ab'.replace('', '-', 1) }}
{{ text | wordcount }}{{ text | wordwrap(10) }}
{{ text | wordwrap(12, false) }}|{{ 'abcdefghijkl mno' | wordwrap(5) }}|{{ 'abcdefghijkl mno' | wordwrap(5, break_long_words=false) }}|{{ 'aa bb' | wordwrap(3, wrapstring='/') }}
{{ text | truncate(15) }}|{{ text | truncate(15, true) }}|{{ text | truncate(15, true, '..') }}|{{ text | truncate(15, leeway=0) }}|{{ 'short' | truncate(3, leeway=5) }}
{{ 'abc' | center(9) }}|{{ 'abc' | center(8) }}|
{{ 'a\nb\n\nc' | indent }}|{{ 'a\nb\n\nc' | indent(2, true) }}|{{ 'a\nb\n\nc' | indent(2, blank=true) }}|{{ 'a\nb' | indent('> ') }}|{{ 'a\n' | indent(2) }}
{{ '%s is %d' | format('x', 3) }}{{ '%(a)s' | format(a=1) }}{{ '%05.2f|%x|%5s|%-5s|%%|%r' | format(3.14159, 255, 'a', 'b', 'c') }}
{{ '%s %s' % ('a', 1) }}{{ '%s' % 'x' }}{{ '%d items' % 5 }}{{ '%.3f' % 2 }}{{ '%e' % 12345.678 }}{{ '%g' % 0.0001 }}{{ '%+d' % 3 }}
{{ '{} {}'.format('a', 1) }}{{ '{0}{1}{0}'.format('a', 'b') }}{{ '{x}'.format(x=3) }}{{ '{:>5}|{:<5}|{:^5}|{:05d}|{:.2f}|{:,}'.format('a', 'b', 'c', 42, 3.14159, 1234567) }}
{{ '{a[b]} {c.d}'.format(a={'b': 1}, c=1) }}
{{ '{!r}'.format('a') }}{{ '{{}}'.format() }}{{ '{:b} {:x} {:o} {:e} {:%}'.format(5, 255, 8, 1234.5, 0.25) }}
{{ 3.7 | int }}{{ '42' | int }}{{ 'x' | int }}{{ 'x' | int(7) }}{{ '0x1f' | int(base=16) }}{{ '3.9' | int }}{{ none | int }}
{{ '3.5' | float }}{{ 'x' | float }}{{ 'x' | float(1.5) }}{{ 3 | float }}{{ '1e3' | float }}
{{ 3.14159 | round }}{{ 3.14159 | round(2) }}{{ 2.5 | round }}{{ 3.5 | round }}{{ 2.1 | round(method='ceil') }}{{ 2.9 | round(0, 'floor') }}{{ 7 | round }}
{{ -3 | abs }}{{ -3.5 | abs }}{{ 7 // 2 }}{{ -7 // 2 }}{{ 7 % 3 }}{{ -7 % 3 }}{{ 7 / 2 }}{{ 2 ** 10 }}{{ 2 ** -1 }}{{ 2.0 ** 3 }}
{{ 7.5 // 2 }}{{ 7.5 % 2 }}{{ -7.5 // 2 }}{{ -7.5 % 2 }}{{ 1 / 3 }}{{ 10 / 5 }}{{ 1e3 }}{{ 1_000 }}{{ 0x1f }}{{ 0b11 }}{{ 0o17 }}
{{ 2 ** 3 ** 2 }}{{ -2 ** 2 }}{{ (-2) ** 2 }}{{ 2 * 3 + 4 }}{{ 2 + 3 * 4 }}{{ 10 - 4 - 3 }}{{ not true or true }}
{{ 9223372036854775807 + 1 }}{{ 99999999999999999999 }}{{ 2 ** 100 }}
{{ 1 == 1.0 }}{{ true == 1 }}{{ '1' == 1 }}{{ none == false }}{{ [1, 2] == [1, 2] }}{{ (1, 2) == [1, 2] }}{{ {'a': 1} == {'a': 1.0} }}
{{ 1 < 2 < 3 }}{{ 1 < 3 < 2 }}{{ 'a' < 'b' }}{{ [1, 2] < [1, 3] }}{{ (1,) < (1, 0) }}{{ 1 != 2 }}
{{ 'a' in 'abc' }}{{ 'x' not in 'abc' }}{{ 1 in numbers }}{{ 'b' in pair }}{{ 1 in pair.values() }}{{ 'b' in pair.keys() }}{{ ('b', 1) in pair.items() }}
{{ 'a' 'b' ~ 1 ~ none ~ true }}{{ 'x' * 3 }}{{ 3 * 'x' }}{{ [1] * 2 }}{{ [1] + [2] }}{{ (1,) + (2,) }}{{ 'a' + 1 }}
{{ none or 'x' }}{{ '' or 'y' }}{{ 'a' and 'b' }}{{ 0 and 1 }}{{ not '' }}{{ (1 if false) is defined }}[{{ 1 if false }}]
{{ 'a' if true else 'b' if false else 'c' }}{{ ('x' if numbers else 'y') | upper }}
{{ numbers[0] }}{{ numbers[-1] }}{{ numbers[9] is defined }}{{ numbers[1:3] }}{{ numbers[::-1] }}{{ numbers[-2:] }}{{ word[0] }}{{ word[-2:] }}{{ word[::2] }}{{ (1, 2, 3)[1:] }}
{{ pair.b }}{{ pair['a'] }}{{ pair.zzz is defined }}{{ pair.get('zzz', 5) }}{{ pair.get('zzz') }}{{ pair.items() | list }}{{ pair.keys() | list }}{{ pair.values() | list }}
{{ pair.items() }}{{ pair.keys() }}{{ pair.values() }}{{ range(3) }}
{{ pair.copy() }}{{ pair.update({'z': 1}) }}
{{ pair.pop('b') }}
{{ numbers.append(4) }}
{{ numbers.count(3) }}{{ numbers.index(2) }}{{ numbers.copy() }}{{ (1, 2, 2).count(2) }}{{ (1, 2).index(2) }}
{{ numbers.index(99) }}
{{ pair }}{{ numbers }}{{ none }}{{ true }}{{ 1.0 }}{{ (1,) }}{{ () }}{{ {} }}{{ [none, 'a', "it's", 'q"q'] }}
{{ messages[4].content }}{{ [messages[4].content] }}{{ ['\n\t\\\x00é\u200b\xa0'] }}
{{ word.upper() }}{{ word.lower() }}{{ word.title() }}{{ word.capitalize() }}{{ word.swapcase() }}{{ word.casefold() }}
{{ "they're bill's 3rd friend" .title() }}
{{ word.split() }}{{ word.split('-') }}{{ word.split(' ', 1) }}{{ word.rsplit(' ', 1) }}{{ ' a  b c '.split() }}{{ ' a  b c '.split(none, 1) }}{{ ' a  b c '.rsplit(none, 1) }}{{ 'a,b,,c'.split(',') }}{{ ''.split() }}{{ ''.split(',') }}{{ 'a b'.split(maxsplit=1) }}
{{ text.splitlines() }}{{ 'a\r\nb\rc\n'.splitlines(true) }}{{ 'a\nb'.splitlines(keepends=true) }}
{{ '  a '.strip() }}|{{ '  a '.lstrip() }}|{{ '  a '.rstrip() }}|{{ 'xyaxy'.strip('xy') }}|{{ 'xa'.lstrip('x') }}
{{ 'abc'.startswith('a') }}{{ 'abc'.startswith(('x', 'a')) }}{{ 'abc'.startswith('b', 1) }}{{ 'abc'.endswith('c') }}{{ 'abc'.endswith('b', 0, 2) }}
{{ 'banana'.find('a') }}{{ 'banana'.find('a', 2) }}{{ 'banana'.rfind('a') }}{{ 'banana'.find('x') }}{{ 'banana'.index('n') }}{{ 'banana'.rindex('n') }}{{ 'banana'.count('a') }}{{ 'banana'.count('a', 2) }}{{ 'banana'.count('an', 0, 4) }}{{ 'é😀b'.find('b') }}
{{ 'banana'.index('x') }}
{{ 'a-b-c'.partition('-') }}{{ 'a-b-c'.rpartition('-') }}{{ 'abc'.partition('-') }}{{ 'abc'.rpartition('-') }}
{{ 'abc'.removeprefix('a') }}{{ 'abc'.removesuffix('c') }}{{ 'abc'.zfill(5) }}{{ '-5'.zfill(4) }}{{ 'a'.ljust(3) }}|{{ 'a'.rjust(3) }}|{{ 'a'.center(4, '*') }}|{{ 'a'.ljust(3, '.') }}
{{ 'abc'.isalpha() }}{{ 'ab1'.isalnum() }}{{ '12'.isdigit() }}{{ '1.2'.isnumeric() }}{{ '½'.isnumeric() }}{{ '²'.isdigit() }}{{ '²'.isdecimal() }}{{ ' '.isspace() }}{{ 'Ab'.istitle() }}{{ 'AB'.isupper() }}{{ 'ab'.islower() }}{{ ''.isalpha() }}{{ 'a b'.isidentifier() }}{{ 'é'.isascii() }}{{ 'a\n'.isprintable() }}
{{ ','.join(['a', 'b']) }}{{ ','.join('abc') }}{{ ','.join([1]) }}
{{ 'a\tb'.expandtabs(4) }}|{{ 'a\tb'.expandtabs() }}
{{ 'abc'.translate({97: 'x'}) }}
{{ 'abc'.encode('utf-8') }}
{{ word is string }}{{ 1 is number }}{{ 1 is integer }}{{ 1.5 is float }}{{ true is boolean }}{{ true is number }}{{ true is integer }}{{ none is none }}{{ pair is mapping }}{{ numbers is sequence }}{{ word is sequence }}{{ pair is sequence }}{{ numbers is iterable }}{{ 5 is iterable }}{{ 5 is sequence }}
{{ missing is sequence }}{{ missing is iterable }}{{ missing is string }}{{ missing is mapping }}{{ missing is none }}{{ missing is number }}
{{ 3 is odd }}{{ 4 is even }}{{ 9 is divisibleby 3 }}{{ 9 is divisibleby(3) }}{{ 'a' is in 'abc' }}{{ 1 is not in numbers }}{{ 2 is eq 2 }}{{ 2 is sameas 2 }}{{ true is sameas true }}{{ true is true }}{{ 1 is true }}{{ 0 is false }}{{ false is false }}
{{ 'abc' is lower }}{{ 'ABC' is upper }}{{ word is callable }}{{ range is callable }}{{ 'upper' is filter }}{{ 'zzz' is filter }}{{ 'odd' is test }}{{ 1 is ge 1 }}{{ 1 is lt 2 }}{{ 2 is greaterthan 1 }}{{ 1 is ne 1 }}{{ 1 is lessthan(0) }}{{ '<' is escaped }}
{{ missing }}[{{ missing.a is defined }}]
{{ missing.a.b }}
{{ missing + 'a' }}
{{ missing ~ 'a' }}{{ missing | length }}{{ missing | default('d') }}{{ '' | default('d') }}{{ '' | default('d', true) }}{{ none | default('d') }}{{ none | d('d', boolean=true) }}{{ missing | upper }}{{ missing | list }}{{ missing == missing2 }}{{ missing == none }}{{ not missing }}
{{ messages[0]['role'] }}{{ messages[0].role }}{{ messages[-1]['content'] }}{{ messages[0]['zzz'] is defined }}{{ messages | length }}
{{ 'tool_calls' in messages[2] }}{{ messages[2].tool_calls[0]['function']['arguments'].x }}{{ messages[2]['tool_calls'] is iterable }}
{{ messages[1].content | trim }}{{ messages[1]['content'].strip().split('\n')[0] }}
{{ dict(a=1, b=2) }}{{ dict({'a': 1}, b=2) }}{{ dict([('a', 1)]) }}
{{ {'a': 1, 'b': {'c': [1, 2]}} }}{{ {1: 2} }}{{ {1: 2}[1] }}{{ {true: 2}[1] }}{{ {(1, 2): 3} }}
{{ 'a' | attr('upper') is defined }}{{ pair | attr('items') is defined }}{{ messages[0] | attr('role') is defined }}
{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.current }}
{% set j = joiner(', ') %}{{ j() }}a{{ j() }}b
{{ '<a href="x">&\'' | escape }}{{ '<' | e }}{{ '<' | forceescape }}
{{ '<b>x</b>  y <!-- c -->' | striptags }}
{{ 'a b&c=é/?' | urlencode }}{{ {'a': 'b c', 'd': 1} | urlencode }}{{ [('a', 'b')] | urlencode }}
{{ 'x' | safe }}{{ ('<' | safe) + 'x' }}{{ ('a' | safe) ~ '<' }}
{{ {'class': 'a', 'id': none} | xmlattr }}
{{ 1000 | filesizeformat }}{{ 1500000 | filesizeformat }}{{ 1500000 | filesizeformat(true) }}{{ 1 | filesizeformat }}{{ 0 | filesizeformat }}
{{ pair | pprint }}
{{ pair | items | list }}{{ missing | items | list }}{{ 5 | items }}
{{ pair | string }}{{ 5 | string + 'a' }}{{ none | string }}
{{ numbers | list }}{{ 'ab' | list }}{{ pair | list }}
{{ numbers | random }}
{{ word | foo }}
{{ word is foo }}
{{ word.foo() }}
{{ word.foo }}{{ word.foo is defined }}
{{ word.__class__ }}
{{ foo() }}
{{ 5() }}
{{ raise_exception('no: ' + word) }}
{{ range(100001) | length }}
{{ lipsum(n=1) }}
{{ self }}
{{ loop }}
{{ namespace() }}
{# a comment {{ x }} #}x
{{- 'a' -}}   b   {{- 'c' }}
  {% if true %}  
  a
  {% endif %}
b
  {%+ if true %}a{% endif +%}
b
{% if true -%}
   x
{%- endif %}
a {#- c -#} b
{{ "a\nb" }}{{ 'a\\nb' }}{{ "\u00e9\x41\t" }}{{ '\101' }}{{ '\N{BULLET}' }}{{ "a\
b" }}
{{ 1.5e3 }}{{ 1E5 }}{{ 1.e3 }}
{{ numbers.0 }}{{ pair.a.1 }}
{{ 'a'|upper|lower|upper }}{{ ('a'|upper)[0] }}{{ 'a'.upper()|lower }}{{ -1|abs }}{{ (-1)|abs }}
{{ [1, 2, 3,] }}{{ (1, 2,) }}{{ {'a': 1,} }}{{ [] }}
{{ 1, 2 }}
{{ func(*numbers) }}
{{ dict(**pair) }}{{ range(*[1, 3]) | list }}{{ '{}{}'.format(*['a', 'b']) }}
{{ not 1 in numbers }}{{ 1 is defined and 2 is defined }}{{ not missing is defined }}{{ missing is not defined or false }}
{{ 'x' if missing is not defined and not numbers is string }}
{{ true and not false }}{{ True }}{{ None }}{{ False is false }}
{{ messages | tojson | length }}{{ messages[2] | tojson }}
{{ messages[1:] | map(attribute='role') | list | tojson }}
{{ (numbers | first) + (numbers | last) }}{{ numbers | sort | first }}
{{ '%s' | format(none) }}{{ '%s' % [1] }}{{ '%s' % (none,) }}{{ '%s%%' % 5 }}
{{ word | lower | replace(' ', '_') | trim('_') }}
{% set messages = messages[1:] %}{{ messages | length }}
{% if messages[0].role == 'system' %}{% set sys = messages[0].content %}{% set loop_messages = messages[1:] %}{% endif %}{{ sys }}{{ loop_messages | length }}
{% for m in messages %}{% if m.role == 'user' %}{% set last = loop.index0 %}{% endif %}{% endfor %}{{ last is defined }}
{% for m in messages[::-1] %}{{ m.role[0] }}{% endfor %}
{% for m in messages | reverse %}{{ m.role[0] }}{{ loop.index }}{% endfor %}
{% for k in pair | sort %}{{ k }}{% endfor %}{{ pair.keys() | sort }}{{ pair.items() | list | length }}
{%- for tool in tools %}{%- set f = tool.function %}{{ f.name }}({% for p, d in f.parameters.properties.items() %}{{ p }}: {{ d.type }}{{ '?' if p not in f.parameters.required else '' }}{{ ', ' if not loop.last }}{% endfor %}){%- endfor %}
{{ tools[0].function.parameters.properties | dictsort | map('first') | list }}
{{ [{'a': {'b': 1}}, {'a': {'b': 2}}] | map(attribute='a.b') | list }}{{ [[1, 2], [3, 4]] | map(attribute=1) | list }}{{ [[1, 2], [3, 4]] | map('last') | list }}
{{ 'abc' | map('upper') | list }}{{ [1, 2] | map('float') | list }}{{ ['a b'] | map('replace', ' ', '_') | list }}{{ [' a '] | map('trim') | first }}
{{ "a" ~ 1.0 ~ 2 }}{{ 1.0 * 3 }}{{ 0.1 + 0.2 }}{{ 1e16 }}{{ 1e15 }}{{ 123456.789e3 }}{{ 1.5 | string }}
{{ 5 is sameas 5.0 }}{{ none is sameas none }}{{ [1] is sameas [1] }}
{{ 'Hello %s, you are %d' | format('A', 3) }}{{ '%c' | format('x') }}{{ '%3d|%-3d|%03d' % (1, 2, 3) }}{{ '%o' % 8 }}{{ '%X' % 255 }}{{ '%.2s' % 'abc' }}{{ '%*d' % (4, 1) }}
""".strip("\n").split("\n")

MULTILINE = [
    "  {% if true %}  \n  a\n  {% endif %}\nb",
    "  {%+ if true %}a{% endif +%}\nb",
    "{% if true -%}\n   x\n{%- endif %}\ny",
    "{% for x in numbers %}\n  {{ x }}\n{% endfor %}\nend\n",
    "{% for x in numbers -%}\n  {{ x }}\n{%- endfor %}",
    "a\n{# c #}\nb\n  {#- d -#}  \nc",
    "{{ 'a' }}\n{{ 'b' }}\n\n",
    "{% raw %}\n{{ a }}\n{% endraw %}\nx",
    "{%- macro m(x) -%}\n  <{{ x }}>\n{%- endmacro -%}\n{{ m(1) }}\n{{ m(2) }}",
    "{% set x %}\n a\n{% endset %}\n[{{ x }}]",
    "a\r\nb\rc{% if true %}\r\nd{% endif %}",
    "{{ \"a\\\nb\" }}",
    "\t{% if true %}\tx\n\t{% endif %}\ty",
    "{% if true %}{% else %}{% endif %}",
    "{% call m() %}x{% endcall %}",
    "{{ 'x' }}{# unclosed",
    "{% if true %}unclosed",
    "{{ 'unclosed",
    "{% for m in messages %}{{ '<|' + m.role + '|>\n' }}{% generation %}{{ m.content + eos_token }}{% endgeneration %}\n{% endfor %}",
]


UNSTABLE = re.compile(r"0x[0-9a-f]{6,}|random|lipsum")


def parts(source):
    """Expressions one by one, so that each is a case of its own."""
    if "{%" in source or "{#" in source or not source.startswith("{{ "):
        return [source]
    return re.findall(r"\{\{ .*? \}\}(?!\})", source) or [source]


def render(source):
    try:
        text = ENVIRONMENT.from_string(source).render(**VARIABLES)
        return {"error": "not the same each time"} if UNSTABLE.search(text + source) else {"expected": text}
    except Exception as e:  # whatever it is: the Java side has to refuse as well
        return {"error": f"{type(e).__name__}: {e}"}


def main():
    sources = [part for source in TEMPLATES for part in parts(source)] + MULTILINE
    cases = [{"template": source, **render(source)} for source in sources]
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump({"variables": VARIABLES, "clock": CLOCK.isoformat(), "cases": cases}, out, ensure_ascii=True, indent=1)
    print(len(cases), "cases,", sum("error" in c for c in cases), "errors")
    for c in cases:
        if "error" in c:
            print(repr(c["template"])[:90], "->", c["error"][:100])


main()
