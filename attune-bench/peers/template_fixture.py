"""Writes what transformers' jinja2 makes of chat templates, for the template tests.

usage: template_fixture.py OUT.json
The templates are written for this project, in the styles of well-known models; the constructs are small
ones, each of which some renderer gets wrong.
"""

import json
import sys

from transformers.utils.chat_template_utils import _compile_jinja_template

TEMPLATES = {
    "chatml": "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    "zephyr": """{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>\n' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>\n' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>\n'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}""",
    "llama-2": """{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}""",
    "llama-3": """{%- set loop_messages = messages -%}
{%- for message in loop_messages -%}
    {%- set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' -%}
    {%- if loop.index0 == 0 -%}
        {%- set content = bos_token + content -%}
    {%- endif -%}
    {{ content }}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
{%- endif -%}
""",
    "llama-3.1": """{{- bos_token }}
{%- if custom_tools is defined %}
    {%- set tools = custom_tools %}
{%- endif %}
{%- if not tools_in_user_message is defined %}
    {%- set tools_in_user_message = true %}
{%- endif %}
{%- if not date_string is defined %}
    {%- set date_string = "26 Jul 2024" %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}

{#- This block extracts the system message, so we can slot it into the right place. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}

{#- System message + builtin tools #}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{%- if builtin_tools is defined or tools is not none %}
    {{- "Environment: ipython\\n" }}
{%- endif %}
{{- "Cutting Knowledge Date: December 2023\\n" }}
{{- "Today Date: " + date_string + "\\n\\n" }}
{{- system_message }}
{{- "<|eot_id|>" }}

{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}
            {{- raise_exception("This model only supports single tool-calls at once!") }}
        {%- endif %}
    {%- elif message.role == "tool" or message.role == "ipython" %}
        {{- "<|start_header_id|>ipython<|end_header_id|>\\n\\n" }}
        {%- if message.content is mapping or message.content is iterable %}
            {{- message.content | tojson }}
        {%- else %}
            {{- message.content }}
        {%- endif %}
        {{- "<|eot_id|>" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
""",
    "mistral": """{%- if messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] %}
    {%- set loop_messages = messages[1:] %}
{%- else %}
    {%- set loop_messages = messages %}
{%- endif %}
{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}

{%- set ns = namespace() %}
{%- set ns.index = 0 %}
{%- for message in loop_messages %}
    {%- if not (message.role == "tool" or message.role == "tool_results") %}
        {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
            {{- raise_exception("After the optional system message, conversation roles must alternate") }}
        {%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}

{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if loop.last and system_message is defined %}
            {{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
        {%- else %}
            {{- "[INST] " + message["content"] + "[/INST]" }}
        {%- endif %}
    {%- elif message["role"] == "assistant" %}
        {{- " " + message["content"]|trim + eos_token}}
    {%- else %}
        {{- raise_exception("Only user and assistant roles are supported") }}
    {%- endif %}
{%- endfor %}
""",
    "gemma": """{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}""",
    "phi-3": """{% for message in messages %}{% if message['role'] == 'system' %}{{'<|system|>
' + message['content'] + '<|end|>
'}}{% elif message['role'] == 'user' %}{{'<|user|>
' + message['content'] + '<|end|>
'}}{% elif message['role'] == 'assistant' %}{{'<|assistant|>
' + message['content'] + '<|end|>
'}}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>
' }}{% else %}{{ eos_token }}{% endif %}""",
    "qwen2": """{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- for tool in tools %}
        {{- "\\n" }}
        {{- tool | tojson }}
    {%- endfor %}
{%- else %}
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
    {%- else %}
        {{- '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "tool" %}
        {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {{- '\\n<tool_response>\\n' }}
        {{- message.content }}
        {{- '\\n</tool_response>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
            {{- '<|im_end|>\\n' }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
""",
    "qwen3": """{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set ns.multi_step_tool = false %}
        {%- set ns.last_query_index = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}
        {%- set content = message.content %}
    {%- else %}
        {%- set content = '' %}
    {%- endif %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {%- set reasoning_content = '' %}
        {%- if message.reasoning_content is string %}
            {%- set reasoning_content = message.reasoning_content %}
        {%- else %}
            {%- if '</think>' in content %}
                {%- set reasoning_content = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
                {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
            {%- endif %}
        {%- endif %}
        {%- if loop.index0 > ns.last_query_index %}
            {%- if loop.last or (not loop.last and reasoning_content) %}
                {{- '<|im_start|>' + message.role + '\\n<think>\\n' + reasoning_content.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
            {%- else %}
                {{- '<|im_start|>' + message.role + '\\n' + content }}
            {%- endif %}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\\n' + content }}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}""",
    "vicuna": """{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = 'A chat between a curious user and an assistant.' %}{% endif %}{{ bos_token + system_message }}{% for message in loop_messages %}{% if message['role'] == 'user' %}{{ ' USER: ' + message['content'].strip() }}{% elif message['role'] == 'assistant' %}{{ ' ASSISTANT: ' + message['content'].strip() + eos_token }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ ' ASSISTANT:' }}{% endif %}""",
    "alpaca-macros": """{%- macro turn(name, text, end='\n\n') -%}
### {{ name|title }}:
{{ text|trim }}{{ end }}
{%- endmacro -%}
{%- for m in messages if m.role != 'system' -%}
{{ turn('instruction' if m.role == 'user' else 'response', m.content) }}
{%- else -%}
nothing
{%- endfor -%}
{%- if add_generation_prompt %}{{ turn(name='response', text='', end='') }}{% endif -%}""",
    "generation": """{% for message in messages %}
{%- if message.role == 'assistant' %}{% generation %}{{ message.content }}{{ eos_token }}{% endgeneration %}

{% else %}
{{ message.role|upper }}: {{ message.content }}
{% endif %}
{% endfor %}
{%- if add_generation_prompt %}ASSISTANT: {% endif %}""",
}

SYSTEM = {"role": "system", "content": "You are  terse. "}
CHATS = {
    "one question": [{"role": "user", "content": "Hello there "}],
    "three turns": [
        {"role": "user", "content": " What's 2+2?\n"},
        {"role": "assistant", "content": "<think>\nsum\n</think>\n\n4 \U0001f600\n"},
        {"role": "user", "content": "Sure? \"Yes\" or <no> & é"},
    ],
    "with system": [SYSTEM, {"role": "user", "content": "Line one\n\n  line two"}],
    "answered": [SYSTEM, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": " Hello\n"}],
    "two users": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}],
    "tool": [
        {"role": "user", "content": "weather?"},
        {"role": "tool", "content": "{\"t\": 3}"},
        {"role": "tool", "content": "rain"},
    ],
    "empty answer": [{"role": "user", "content": ""}, {"role": "assistant", "content": ""}],
}

CONSTRUCTS = [
    "{{ 'a' ~ 1 ~ none ~ true ~ 2.50 }}",
    "{{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 6 / 2 }} {{ 2 * 3 + 4 }} {{ 10 - 2 - 3 }}",
    "{{ 1e20 }} {{ 1.5e-7 }} {{ 0.1 + 0.2 }} {{ 100.0 }} {{ 1e16 }} {{ 123456789012.5 }}",
    "{{ [1, 'two', none, true, 2.0, ['x'], {'k': 'v'}, (1,), (1, 2)] }}",
    "{{ \"it's\" }} {{ [\"it's\", 'say \"x\"', 'both \\' and \"', 'tab\\t nl\\n \\u00e9 \\\\'] }}",
    "{{ messages[0] }}",
    "{{ messages|length }} {{ messages|map(attribute='role')|join(', ') }}",
    "{{ messages|selectattr('role', 'equalto', 'user')|list|length }} {{ messages|rejectattr('role', 'eq', 'user')|map(attribute='content')|list }}",
    "{% for m in messages if m.role == 'user' %}{{ loop.index }}/{{ loop.length }}:{{ m.content }};{% endfor %}",
    "{% for a in [1,2,3] %}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.first }}{{ loop.last }}{{ loop.revindex }}{{ loop.revindex0 }} {% endfor %}",
    "{% for a in [1,2,3,4] %}{% if a == 2 %}{% continue %}{% endif %}{% if a == 4 %}{% break %}{% endif %}{{ a }}{{ loop.cycle('x', 'y') }}{% endfor %}",
    "{% set x = 1 %}{% for i in [1,2] %}{{ x }}{% set x = 2 %}{{ x }}{% endfor %}{{ x }}",
    "{% set ns = namespace(x=1) %}{% for i in [1,2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}",
    "{% if true %}{% set y = 5 %}{% endif %}{{ y }}",
    "{% set t %}  block {{ 1 + 1 }} {% endset %}[{{ t }}]",
    "{% set a, b = 'xy' %}{{ b }}{{ a }}{% for k, v in {'p': 1, 'q': 2}.items() %}{{ k }}={{ v }} {% endfor %}",
    "{{ 'hello'[1:3] }} {{ 'hello'[::-1] }} {{ 'hello'[-2:] }} {{ 'hello'[::2] }} {{ [1,2,3,4][-3:-1] }} {{ 'h\U0001f600llo'[1] }} {{ 'h\U0001f600llo'|length }} {{ [1,2,3][5:] }} {{ 'abc'[10:0:-1] }}",
    "{{ ' x '.strip() }}|{{ 'xxhixx'.strip('x') }}|{{ '  l'.lstrip() }}|{{ 'r  '.rstrip() }}|{{ 'a,b,,c'.split(',') }}|{{ ' a  b '.split() }}|{{ 'a,b,c'.split(',', 1) }}|{{ 'a,b,c'.rsplit(',', 1) }}",
    "{{ 'abc'.startswith('ab') }} {{ 'abc'.startswith(('x', 'a')) }} {{ 'abc'.endswith('x') }} {{ 'abc'.find('c') }} {{ 'abc'.find('z') }} {{ 'banana'.count('an') }} {{ 'a-b-a'.replace('a', 'x', 1) }}",
    "{{ 'hELLO wORLD-foo (bar)'|title }} {{ 'hELLO w'|capitalize }} {{ 'Ab'|upper }}{{ 'Ab'|lower }} {{ 'stra\u00dfe'.upper() }}",
    "{{ '-'.join(['a', 'b']) }} {{ ['a', 1, none]|join('+') }} {{ 'abc'|join('.') }} {{ 'a\\nb\\r\\nc'.splitlines() }}",
    "{{ {'a': 1, 'b': [true, none, 1.5, 'q\"\\n\\u00e9</']}|tojson }}",
    "{{ {'a': 1, 'b': [true, {}], 'c': []}|tojson(indent=2) }}",
    "{{ [1, [2, {'x': 'y'}]]|tojson(indent=4) }}",
    "{{ undefined_thing }}|{{ undefined_thing|default('d') }}|{{ ''|default('e') }}|{{ ''|default('e', true) }}|{{ none|d('f', boolean=true) }}",
    "{{ x is defined }} {{ messages is defined }} {{ none is none }} {{ 'a' is string }} {{ 1 is number }} {{ true is number }} {{ true is integer }} {{ 1.0 is float }} {{ [] is iterable }} {{ 'a' is iterable }} {{ {} is mapping }} {{ [] is sequence }} {{ {} is sequence }} {{ true is boolean }} {{ true is true }} {{ 1 is true }} {{ false is false }}",
    "{{ 3 is odd }} {{ 4 is even }} {{ 9 is divisibleby 3 }} {{ 2 is eq 2 }} {{ 2 is in [1,2] }} {{ 2 is not in [1,2] }} {{ 3 is gt(2) }} {{ not 3 is odd }}",
    "{{ 'b' in 'abc' }} {{ 'k' in {'k': 1} }} {{ 1 in [1.0] }} {{ 'z' not in ['a'] }} {{ 1 == 1.0 }} {{ true == 1 }} {{ 'a' < 'b' }} {{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ [1] == [1] }} {{ none == false }}",
    "{{ 'yes' if 1 else 'no' }} {{ 'yes' if 0 else 'no' }} [{{ 'yes' if 0 }}] {{ 1 or 2 }} {{ 0 or 'x' }} {{ 0 and 1 }} {{ not '' }} {{ '' or none }}",
    "{{ range(3)|list }} {{ range(1, 10, 4)|list }} {{ range(3, 0, -1)|list }} {% for i in range(2) %}{{ i }}{% endfor %}",
    "{{ 'a b\\nc'|indent(2) }}|{{ 'a\\n\\nb'|indent(2, true) }}|{{ 'a\\n\\nb'|indent(2, blank=true) }}",
    "{{ [3,1,2]|sort }} {{ ['b','A','c']|sort(reverse=true) }} {{ [3,1,2]|first }} {{ [3,1,2]|last }} {{ [1,2]|reverse|list }} {{ 'abc'|reverse }} {{ {'b': 1, 'a': 2}|dictsort }} {{ {'b': 1}|items|list }}",
    "{{ '42'|int + 1 }} {{ 'x'|int }} {{ '3.9'|int }} {{ 'x'|int(7) }} {{ 3.9|int }} {{ '2.5'|float }} {{ -3|abs }} {{ 5|string + '!' }}",
    "{{ messages[0].content }} {{ messages[0]['content'] }} {{ messages[0].get('nope') }} {{ messages[0].get('nope', 'dflt') }} {{ messages[0].nope }} {{ messages[0].items()|list }} {{ messages[0].keys()|list }}",
    "  {% if true %}  \n  indented\n  {% endif %}  \nend\n\n",
    "a\n   {# comment #}\nb {# c #} c\n{#- d -#}\n e",
    "x {%- if true -%}  y  {%- endif -%} z\n\n  {{- ' v ' -}}  \n w",
    "  {%+ if true %}kept{% endif +%}\nnext\n  {{ 'v' }}\n",
    "{% if false %}a{% elif 0 %}b{% elif 'x' %}c{% else %}d{% endif %}{% if [] %}e{% else %}f{% endif %}",
    "{% for x in [] %}a{% else %}none{% endfor %}{% for x in nothing %}a{% else %}undef{% endfor %}",
    "{% macro m(a, b=2) %}<{{ a }},{{ b }}>{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}{{ m('x', 'y')|upper }}{{ m() }}",
    "{% macro outer() %}{{ messages|length }}{{ later }}{% endmacro %}{% set later = 'L' %}{{ outer() }}",
    "{{ 'a' 'b' }}{{ ('x' ~ 'y')|upper }}{{ 'x' ~ 'y'|upper }}{{ -1|abs }}{{ 2 ** 3 if false else 8 }}",
    "{{ \"\\x41\\u00e9\\t|\\q|\\\\\" }}",
    "{{ {'a': {'b': [10, 20]}}.a.b[1] }} {{ {'items': 5}['items'] }} {{ [[1,2],[3]]|map('length')|list }} {{ ['a','b']|map('upper')|join }}",
    "{{ 1 }}{{ 1.0 }}{{ none }}{{ [] }}{{ {} }}{{ '' }}{{ (1, 2) }}",
    "{{ [1] + [2] }} {{ 'ab' * 2 }} {{ [1,2]|select('odd')|list }} {{ [0, 1, '', 'a']|select|list }} {{ [0, 1]|reject|list }}",
    "{% set c = messages|selectattr('role', 'equalto', 'user') %}{% for a in c %}1{% endfor %}{% for a in c %}2{% endfor %}",
    "{{ 'x'|safe }}{{ '<b>'|safe }}",
    "{{ true and 'yes' or 'no' }} {{ (1, 2)[0] }} {{ {'a': 1}.a + 1 }} {{ 'A' if messages[0].role == 'user' and messages|length >= 1 else 'B' }}",
    "\u00a0{%- if true %} \u3000{% endif -%}\u2003x{{ '\u00a0 y \u2003'|trim }}",
    "{{ 'tail' }}\n",
    "line\r\nnext\r{% if true %}\r\nx{% endif %}",
    "{{ messages[-1].content }}{{ messages[99] }}{{ messages[99] is defined }}",
    "{{ namespace(a=1).a }}{{ dict(a=1, b='x') }}",
    "{{ raise_exception('no ' ~ 'way') }}",
    "{{ nothing.attribute }}",
    "{{ 'a' + 1 }}",
    "{% for x in 5 %}{% endfor %}",
    "{{ nothing + 'x' }}",
    "{{ messages.append(1) }}",
]


def render(template, variables):
    try:
        return {"expected": _compile_jinja_template(template).render(**variables)}
    except Exception as e:  # noqa: BLE001 - whatever goes wrong must go wrong in Attune too
        return {"error": f"{type(e).__name__}: {e}"}


def main(out):
    cases = []
    tokens = {"bos_token": "<s>", "eos_token": "</s>"}
    for style, template in TEMPLATES.items():
        for chat, messages in CHATS.items():
            for add in (True, False):
                variables = dict(tokens, messages=messages, tools=None, documents=None, add_generation_prompt=add)
                result = render(template, variables)
                cases.append({"name": f"{style}, {chat}, {add}", "template": style, "messages": messages, "add": add, **result})
    constructs = []
    variables = dict(tokens, messages=CHATS["three turns"], tools=None, documents=None, add_generation_prompt=True)
    for construct in CONSTRUCTS:
        constructs.append({"template": construct, **render(construct, variables)})
    with open(out, "w", encoding="utf-8") as f:
        json.dump(
            {"templates": TEMPLATES, "cases": cases, "constructs": constructs, "messages": CHATS["three turns"]},
            f,
            ensure_ascii=True,
            indent=1,
        )
    print(len(cases), "cases,", sum("error" in c for c in cases), "errors,", len(constructs), "constructs")
    for c in constructs:
        if "error" in c:
            print(c)


if __name__ == "__main__":
    main(*sys.argv[1:])
