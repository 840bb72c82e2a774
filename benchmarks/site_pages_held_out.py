"""Pages in five more styles, written after the extractor and never used to improve it.

The styles: a quality daily, a forum thread, a patients' charity, a magazine with cards and fact boxes, a news agency's
plain page. The articles are those of site_texts.py.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from site_pages import SitePage
from site_texts import (
    ARTICLES,
    AUTHOR_BIO,
    COMMENTS,
    COOKIES,
    LEGAL,
    MENU,
    NEWSLETTER,
    PAYWALL,
    RELATED,
    TEASERS,
    Article,
)


def held_out_pages() -> list[SitePage]:
    """All styles with all articles."""
    made: list[SitePage] = []
    for style, make in STYLES.items():
        for article in ARTICLES:
            content = list(article.paragraphs)
            if style not in ("forum", "agency"):
                content += [article.standfirst, *article.items]
            if style != "forum":
                content.append(article.quote)
            neutral = (article.headline, article.subheading, article.caption, article.author, article.day)
            made.append(SitePage(style, make(article), tuple(content), neutral))
    return made


def _paragraphs(texts: tuple[str, ...], name: str = "") -> str:
    return "".join(f'<p class="{name}">{escape(one)}</p>' if name else f"<p>{escape(one)}</p>" for one in texts)


def _head(a: Article, site: str) -> str:
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(a.headline)} | Health | {site}</title><meta property="og:title" content="{escape(a.headline)}"></head>'


def daily(a: Article) -> str:
    """A quality daily: grid areas, a rich link in the text, an appeal for money, most viewed, comments by script."""
    grid = "".join(f'<li><a href="/{n}">{one}</a></li>' for n, one in enumerate(RELATED))
    return (
        _head(a, "The Invention")
        + f'<body><div id="bannerandheader"><div class="top-bar">Support the Invention. Fund independent journalism with 5 pounds a month. <a href="/s">Support us</a></div><nav aria-label="main">{"".join(f"<a href=/{one}>{one}</a>" for one in MENU)}</nav></div>'
        f'<main data-layout="StandardLayout"><div class="dcr-abc" data-gu-name="headline"><h1 class="dcr-1">{a.headline}</h1></div><div data-gu-name="standfirst"><div class="dcr-2"><p>{a.standfirst}</p></div></div><div data-gu-name="meta"><address aria-label="Contributor info"><a rel="author" href="/p">{a.author}</a> Health editor</address><details><summary>{a.day} 07.00 CET</summary>Last modified on {a.day} 09.12 CET</details><div>Share</div></div><div data-gu-name="media"><figure><img src="i.jpg"><figcaption>{escape(a.caption)}</figcaption></figure></div>'
        f'<div data-gu-name="body"><div id="maincontent" class="dcr-3">{_paragraphs(a.paragraphs[:2], "dcr-4")}<aside data-component="rich-link"><a href="/r">{RELATED[1]}</a><span>Read more</span></aside>{_paragraphs(a.paragraphs[2:4], "dcr-4")}<h2 id="sub">{a.subheading}</h2><ul>{"".join(f"<li><p>{escape(one)}</p></li>" for one in a.items)}</ul><div class="email-signup"><h3>Sign up to First Thing</h3><p>{NEWSLETTER}</p></div>{_paragraphs(a.paragraphs[4:], "dcr-4")}<p class="dcr-4">{escape(a.quote)}</p></div><div data-component="keyword-pill-list"><h3>Explore more on these topics</h3><ul><li><a href="/t">Sleep</a></li><li><a href="/t">news</a></li></ul></div></div></main>'
        f'<section id="slot-body-end"><div class="contributions-epic"><h2>Dear reader</h2><p>{PAYWALL}</p><p>{TEASERS[1]}</p></div></section><section data-title="Most viewed"><h2>Most viewed</h2><ol>{grid}</ol></section><section id="comments"><h2>Comments (5)</h2>{"".join(f"<div><b>{who}</b><p>{escape(text)}</p></div>" for who, text in COMMENTS)}</section><footer><p>{LEGAL}</p></footer></body></html>'
    )


def forum(a: Article) -> str:
    """The text is the first post of a thread; replies have the same shape."""
    replies = "".join(
        f'<div class="message" id="p{n}"><div class="message-user"><h4>{who}</h4><div>Joined 2015, posts {n * 37}</div></div><div class="message-body"><div class="bbWrapper">{escape(text)}</div></div><div class="message-footer"><a href="#">Like</a> <a href="#">Reply</a></div></div>'
        for n, (who, text) in enumerate(COMMENTS, start=2)
    )
    return (
        _head(a, "Walkers' Forum")
        + f'<body><div class="p-nav">{"".join(f"<a href=/{one}>{one}</a>" for one in MENU)}</div><div class="p-body"><h1 class="p-title-value">{a.headline}</h1><div class="p-description"><ul><li>Thread starter {a.author}</li><li>Start date {a.day}</li></ul></div><div class="block-body"><div class="message" id="p1"><div class="message-user"><h4>{a.author}</h4><div>Joined 2011, posts 4,022</div></div><div class="message-body"><div class="bbWrapper">{"<br><br>".join(escape(one) for one in a.paragraphs)}</div></div><div class="message-footer"><a href="#">Like</a> <a href="#">Reply</a></div></div>{replies}</div></div><div class="p-footer">{LEGAL}</div></body></html>'
    )


def charity(a: Article) -> str:
    """A page builder's rows and columns; donation boxes; a contact form; news cards at the end."""
    cards = "".join(
        f'<div class="et_pb_column"><article class="et_pb_post"><h2 class="entry-title"><a href="/{n}">{RELATED[n]}</a></h2><p class="post-meta">{n} May</p><div class="post-content">{TEASERS[n]}</div></article></div>'
        for n in range(3)
    )
    return (
        _head(a, "Joint Help")
        + f'<body class="page-template et_pb"><div id="cookie-law-info-bar"><span>{COOKIES[0]}</span><a>Accept</a></div><header id="main-header"><div id="et-top-navigation"><ul>{"".join(f"<li><a href=/{one}>{one}</a></li>" for one in MENU)}</ul></div></header><div id="main-content"><div class="et_pb_section"><div class="et_pb_row"><div class="et_pb_text"><div class="et_pb_text_inner"><h1>{a.headline}</h1><h4>{a.standfirst}</h4></div></div></div>'
        f'<div class="et_pb_row"><div class="et_pb_column_2_3"><div class="et_pb_module"><div class="et_pb_text_inner">{_paragraphs(a.paragraphs[:3])}</div></div><div class="et_pb_module et_pb_cta"><h2>Can you help?</h2><p>Three pounds pay for a call with our nurses. Give today and help somebody walk again tomorrow.</p><a href="/d">Donate now</a></div><div class="et_pb_module"><div class="et_pb_text_inner"><h3>{a.subheading}</h3><ul>{"".join(f"<li>{escape(one)}</li>" for one in a.items)}</ul>{_paragraphs(a.paragraphs[3:])}<blockquote>{escape(a.quote)}</blockquote></div></div></div><div class="et_pb_column_1_3"><div class="et_pb_contact"><h3>Ask our nurses</h3><form><p>Leave your name and your question, and a nurse will write back within two working days.</p></form></div></div></div><div class="et_pb_row"><h2>Latest from us</h2>{cards}</div></div></div><footer id="main-footer"><p>Registered charity 0012345. {LEGAL}</p></footer></body></html>'
    )


def magazine(a: Article) -> str:
    """Drop cap, fact box of its own text, pull quote that repeats a sentence, author's note, cards in the text."""
    first = a.paragraphs[0]
    pull = a.paragraphs[5].split(". ")[0]
    return (
        _head(a, "Bodywise Magazine")
        + f'<body><div class="site"><div class="header__inner"><ul class="header__links">{"".join(f"<li><a href=/{one}>{one}</a></li>" for one in MENU)}</ul></div><div class="content-wrapper"><div class="article__hero"><div class="rubric">The long read</div><h1 class="content-header__hed">{a.headline}</h1><div class="content-header__dek">{a.standfirst}</div><span class="byline__name">By {a.author}</span><time class="content-header__publish-date">{a.day}</time></div><div class="article__chunks"><div class="body__inner-container"><p class="has-dropcap"><span class="lead-in-text-callout">{escape(first[:12])}</span>{escape(first[12:])}</p>{_paragraphs(a.paragraphs[1:3])}<div class="callout callout--has-pullquote"><aside>{escape(pull)}</aside></div><div class="product-embed"><a href="/buy"><h3>The best walking shoes of the year</h3><p>Light, wide, and kind to old knees: our testers walked ninety miles in them and would do it again.</p></a><a href="/buy">89 pounds at Shoes</a></div><h2>{a.subheading}</h2><ul>{"".join(f"<li>{escape(one)}</li>" for one in a.items)}</ul></div><div class="ad ad--mid-content"><p>Advertisement</p></div><div class="body__inner-container">{_paragraphs(a.paragraphs[3:])}<p><em>{escape(a.quote)}</em></p></div></div><div class="contributor-bio"><p>{a.author} {AUTHOR_BIO}</p></div><div class="recirc-list"><h2>More from Bodywise</h2>{"".join(f"<div class=summary-item><a href=/{n}><h3>{RELATED[n]}</h3></a><p>{TEASERS[n]}</p></div>" for n in range(3))}</div></div><div class="footer"><p>{LEGAL}</p></div></div></body></html>'
    )


def agency(a: Article) -> str:
    """Little markup: one column, paragraphs, a date line, a contact, a disclaimer; no classes that mean anything."""
    return f'<html><head><title>{a.headline}</title></head><body><p><a href="/">Newswire</a> &gt; <a href="/h">Health</a></p><h1>{a.headline}</h1><p>MARROW, {a.day} (Newswire) -</p>{_paragraphs(a.paragraphs)}<p>{escape(a.quote)}</p><p>Reporting by {a.author}; editing by Someone Else</p><p>{LEGAL}</p><hr><p><a href="/1">{RELATED[0]}</a></p><p><a href="/2">{RELATED[1]}</a></p></body></html>'


STYLES: dict[str, Callable[[Article], str]] = {
    "daily": daily,
    "forum": forum,
    "charity": charity,
    "magazine": magazine,
    "agency": agency,
}
