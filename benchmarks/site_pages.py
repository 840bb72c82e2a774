"""Pages in the style of ten kinds of site, made from invented articles, with what of each page is the article.

The styles: a WordPress blog, a broadcaster, a tabloid, a table layout of the nineties, a university's press office, a
newsletter platform, a health encyclopaedia, a script-built page without names, a blog with more comments than text, and
a local paper with paywall and advertisements in the body.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from site_texts import (
    ARTICLES,
    AUTHOR_BIO,
    BOILER_PRESS,
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


class SitePage(NamedTuple):
    """A page, what of it is the article (``content``), and what may stand there or not (``neutral``)."""

    style: str
    html: str
    content: tuple[str, ...]
    neutral: tuple[str, ...]


def pages() -> list[SitePage]:
    """All styles with all articles."""
    return [
        SitePage(style, make(article), _content(article, style), _neutral(article))
        for style, make in STYLES.items()
        for article in ARTICLES
    ]


def _content(article: Article, style: str) -> tuple[str, ...]:
    parts = list(article.paragraphs)
    if style not in ("table", "comments"):
        parts.append(article.standfirst)
    if style not in ("table", "script"):
        parts += article.items
    if style not in ("encyclopaedia", "script"):
        parts.append(article.quote)
    return tuple(parts)


def _neutral(article: Article) -> tuple[str, ...]:
    return (
        article.headline,
        article.subheading,
        article.caption,
        article.author,
        article.day,
        article.quote,
        article.standfirst,
        *article.items,
    )


def _head(article: Article, site: str, *, ld: bool = True, og: bool = True) -> str:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": site},
            {
                "@type": "NewsArticle",
                "headline": article.headline,
                "datePublished": article.date,
                "author": [{"@type": "Person", "name": article.author}],
            },
        ],
    }
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(article.headline)} - {site}</title>'
        + (
            f'<meta property="og:title" content="{escape(article.headline)}"><meta property="article:published_time" content="{article.date}T08:00:00Z">'
            if og
            else ""
        )
        + (f'<script type="application/ld+json">{json.dumps(data)}</script>' if ld else "")
        + "<style>.a{color:red}</style><script>window.dataLayer=[];if(1<2){var x='<p>no text</p>'}</script></head>"
    )


def _p(texts: tuple[str, ...], attrs: str = "") -> list[str]:
    return [f"<p{attrs}>{escape(text)}</p>" for text in texts]


def _menu(tag: str = "nav") -> str:
    return f"<{tag}><ul>" + "".join(f'<li><a href="/{one}">{one}</a></li>' for one in MENU) + f"</ul></{tag}>"


def _links(texts: tuple[str, ...] = RELATED) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="/story/{at}">{escape(one)}</a></li>' for at, one in enumerate(texts))
        + "</ul>"
    )


def wordpress(a: Article) -> str:
    """Theme of a blog: entry-content, a sidebar of widgets, share buttons, related posts inside, comments below."""
    body = _p(a.paragraphs)
    body.insert(
        2,
        f'<figure class="wp-block-image"><img src="i.jpg" alt=""><figcaption>{escape(a.caption)}</figcaption></figure>',
    )
    body.insert(4, f"<h2>{a.subheading}</h2><ul>{''.join(f'<li>{escape(one)}</li>' for one in a.items)}</ul>")
    body.append(f"<blockquote><p>{escape(a.quote)}</p></blockquote>")
    comments = "".join(
        f'<li class="comment"><article class="comment-body"><div class="comment-author vcard">{who} says:</div><div class="comment-content"><p>{escape(text)}</p></div><a class="comment-reply-link" href="#">Reply</a></article></li>'
        for who, text in COMMENTS
    )
    return (
        _head(a, "The Health Shelf", og=False)
        + f'<body class="single single-post has-sidebar"><a class="skip-link screen-reader-text" href="#c">Skip to content</a><header id="masthead"><p class="site-title"><a href="/">The Health Shelf</a></p>{_menu()}</header>'
        f'<div id="primary"><main id="main"><article id="post-1" class="post type-post"><header class="entry-header"><h1 class="entry-title">{a.headline}</h1><div class="entry-meta"><span class="posted-on">Posted on <time datetime="{a.date}">{a.day}</time></span> <span class="byline">by <a href="/u">{a.author}</a></span></div></header>'
        f'<div class="entry-content"><p><strong>{a.standfirst}</strong></p>{"".join(body)}<div class="sharedaddy"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Twitter</a></li><li><a href="#">Facebook</a></li></ul></div>'
        f'<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><div class="jp-relatedposts-items"><p>{escape(TEASERS[0])}</p><p>{escape(RELATED[1])}</p></div></div></div><footer class="entry-footer"><span class="cat-links">Posted in <a href="/h">Health</a></span></footer></article>'
        f'<nav class="post-navigation"><a href="/p">Previous Post: {RELATED[2]}</a></nav><div id="comments" class="comments-area"><h2 class="comments-title">5 thoughts on “{a.headline}”</h2><ol class="comment-list">{comments}</ol><div id="respond"><h3>Leave a Reply</h3><form><p>Your email address will not be published. Required fields are marked.</p></form></div></div></main></div>'
        f'<aside id="secondary" class="widget-area"><section class="widget widget_text"><h2>About</h2><p>{LEGAL}</p></section><section class="widget"><h2>Recent Posts</h2>{_links()}</section></aside><footer id="colophon"><p>{LEGAL}</p><p>Proudly powered by software.</p></footer></body></html>'
    )


def broadcaster(a: Article) -> str:
    """Hashed class names, each paragraph in a block of its own, links to other stories between them."""

    def block(kind: str, inner: str) -> str:
        return f'<div data-component="{kind}-block" class="sc-7b5e{len(kind)} kXyzAb">{inner}</div>'

    text = [block("text", f'<p class="sc-eb7bd5f6-0 fYAfXe">{escape(one)}</p>') for one in a.paragraphs]
    text.insert(0, block("text", f'<p class="sc-eb7bd5f6-0 fYAfXe"><b class="sc-d2a3">{a.standfirst}</b></p>'))
    text.insert(
        1,
        f'<div data-component="image-block"><figure><img src="i.jpg"><figcaption><span class="visually-hidden">Image caption, </span>{escape(a.caption)}</figcaption></figure></div>',
    )
    text.insert(
        4, block("links", f'<ul><li><a href="/x">{RELATED[0]}</a></li><li><a href="/y">{RELATED[4]}</a></li></ul>')
    )
    text.insert(5, block("subheadline", f"<h2>{a.subheading}</h2>"))
    text.insert(6, block("text", "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in a.items) + "</ul>"))
    text.append(block("text", f"<p>{escape(a.quote)}</p>"))
    cards = "".join(
        f'<div class="sc-93 card"><a href="/c{n}"><h2>{RELATED[n]}</h2><p>{escape(TEASERS[n])}</p></a><span>{n + 2} hrs ago</span><span>Health</span></div>'
        for n in range(3)
    )
    return (
        _head(a, "Invented Broadcasting")
        + f'<body><div id="__next"><div class="cookie-prompt" role="dialog"><h2>Let us know you agree to cookies</h2><p>{COOKIES[0]}</p><button>Yes</button></div><header>{_menu()}</header><main id="main-content"><article class="sc-1a"><div data-component="headline-block"><h1 class="sc-51">{a.headline}</h1></div>'
        f'<div data-component="byline-block"><time datetime="{a.date}">{a.day}</time><div class="sc-b4">{a.author}</div><div>Health reporter</div></div>{"".join(text)}<div data-component="topic-list"><h2>Related topics</h2>{_links(MENU[2:5])}</div></article><section data-component="recommendations"><h2>More on this story</h2>{cards}</section></main>'
        f'<footer><p>{LEGAL}</p></footer></div><script id="__NEXT_DATA__" type="application/json">{json.dumps({"text": list(TEASERS)})}</script></body></html>'
    )


def tabloid(a: Article) -> str:
    """Bullets above, teasers between paragraphs, a rail of a dozen stories with running text, comments by readers."""
    paragraphs = [f'<p class="mol-para-with-font"><span>{escape(one)}</span></p>' for one in a.paragraphs]
    paragraphs.insert(
        2, f'<div class="art-ins mol-factbox"><h3>READ MORE</h3><p><a href="/r">{RELATED[3].upper()}</a></p></div>'
    )
    paragraphs.insert(
        4,
        f'<div class="mol-img-group"><img src="a.jpg"><p class="imageCaption">{escape(a.caption)}</p></div><p class="mol-para-with-font"><span>{escape(a.quote)}</span></p>',
    )
    paragraphs.insert(
        6,
        '<div class="moduleFull mol-video"><p>Scroll down for video</p></div><div class="shareArticles"><h3 class="social-links-title">Share this article</h3><ul><li><a href="#">Share</a></li></ul><div class="shareCount">2.4k shares</div></div>',
    )
    rail = "".join(
        f'<li><a href="/f{n}"><span class="pufftext">{escape(TEASERS[n % 3])}</span></a></li><li><div class="puff"><p>{escape(TEASERS[(n + 1) % 3])}</p></div></li>'
        for n in range(4)
    )
    comments = "".join(
        f'<div class="comment" id="comment-{n}"><p class="user-info">{who}, Marrow, 3 hours ago</p><p class="comment-body comment-text">{escape(text)}</p></div>'
        for n, (who, text) in enumerate(COMMENTS)
    )
    return (
        _head(a, "Daily Invention", ld=False)
        + f'<body><div class="page-header bdrcc"><h2>DailyInvention.example</h2><div class="nav-primary">{_menu("div")}</div></div><div id="content"><div class="article wide cleared"><div class="alpha"><div id="js-article-text"><h1>{a.headline}</h1><ul class="mol-bullets-with-font"><li><strong>{a.standfirst}</strong></li>{"".join(f"<li><strong>{escape(one)}</strong></li>" for one in a.items)}</ul>'
        f'<p class="author-section byline-plain">By <a class="author" href="/m">{a.author}</a> For Daily Invention Online</p><p class="byline-section"><span class="article-timestamp">Published: 09:14, {a.day}</span> | <span>Updated: 11:02, {a.day}</span></p><div itemprop="articleBody">{"".join(paragraphs)}</div></div><div id="articleIconLinksContainer"><ul><li>Share or comment on this article: {a.headline}</li></ul></div><div id="reader-comments"><h3>Comments 5</h3>{comments}<p>The views expressed in the contents above are those of our users and do not necessarily reflect ours.</p></div></div>'
        f'<div class="beta"><div class="femail item"><h3>DON\'T MISS</h3><ul>{rail}</ul></div></div></div></div><div class="page-footer"><p>{LEGAL}</p></div></body></html>'
    )


def table(a: Article) -> str:
    """Layout by tables, fonts and double line breaks, no paragraphs, no metadata."""
    text = "<br><br>\n".join(escape(one) for one in a.paragraphs)
    menu = "<br>".join(f'<a href="{one}.html"><font size=2>{one}</font></a>' for one in MENU)
    links = "<br>".join(f'<a href="{n}.html">{one}</a>' for n, one in enumerate(RELATED))
    return (
        f"<html><head><title>{a.headline}</title></head><body bgcolor=white><table width=780><tr><td colspan=3><img src=logo.gif><font face=arial size=1>Today is a good day. Best viewed at 800x600.</font></td></tr><tr><td width=140 valign=top>{menu}</td>"
        f"<td valign=top><font face=verdana size=4><b>{a.headline}</b></font><br><font size=1>by {a.author}, {a.day}</font><br><br><font face=verdana size=2>{text}<br><br>{escape(a.quote)}<br><br></font><hr><font size=1><a href=print.html>Printer friendly version</a> | <a href=mail.html>Mail this story to a friend</a></font></td>"
        f"<td width=160 valign=top><table border=1><tr><td bgcolor=yellow><b>Other stories</b></td></tr><tr><td>{links}</td></tr><tr><td><font size=1>{escape(TEASERS[1])}</font></td></tr></table></td></tr><tr><td colspan=3 align=center><font size=1>{LEGAL}</font></td></tr></table></body></html>"
    )


def press(a: Article) -> str:
    """A university's press office: fields of a content system, contact, notes to editors, about the university."""
    return (
        _head(a, "Larkfield University", ld=False)
        + f'<body class="node-type-news"><div role="banner"><a href="/">Larkfield University</a>{_menu()}</div><div id="breadcrumb" class="breadcrumb">Home &gt; News &gt; 2023</div><div role="main" class="region-content"><div class="node node-news"><h1 class="page-header">{a.headline}</h1><div class="field field-name-field-subtitle"><div class="field-item">{a.standfirst}</div></div><div class="field field-name-post-date">{a.day}</div>'
        f'<div class="field field-name-body"><div class="field-items"><div class="field-item even" property="content:encoded">{"".join(_p(a.paragraphs[:3]))}<h3>{a.subheading}</h3><ol>{"".join(f"<li>{escape(one)}</li>" for one in a.items)}</ol>{"".join(_p(a.paragraphs[3:]))}<blockquote>{escape(a.quote)}</blockquote><p>&nbsp;</p></div></div></div>'
        f'<div class="field field-name-field-reference"><div class="field-label">Reference:</div><p><a href="https://doi.org/{a.doi}">https://doi.org/{a.doi}</a></p></div><div class="field field-name-field-notes"><h2>Notes to editors</h2>{"".join(_p((BOILER_PRESS,)))}<p>For interviews please contact the press office, press@larkfield.example, 0123 456 789.</p></div><div class="field-tags tags"><a href="/t">Diabetes</a> <a href="/t2">Sleep</a></div></div></div>'
        f'<div class="region-sidebar-second"><div class="block block-views"><h2>Latest news</h2>{_links()}</div></div><div class="footer" role="contentinfo">{LEGAL}</div></body></html>'
    )


def newsletter(a: Article) -> str:
    """A newsletter platform: subscription forms in the text, buttons, likes, other posts, comments of subscribers."""
    body = _p(a.paragraphs)
    form = f'<div class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">{NEWSLETTER}</p></div><form action="/api"><input type="email"><input type="submit" value="Subscribe"></form></div></div>'
    body.insert(1, form)
    body.insert(
        3,
        f'<div class="captioned-image-container"><figure><a href="i.jpg"><picture><img src="i.jpg"></picture></a><figcaption class="image-caption">{escape(a.caption)}</figcaption></figure></div>',
    )
    body.insert(
        5,
        f'<h3 class="header-anchor-post">{a.subheading}</h3><ul>{"".join(f"<li><p>{escape(one)}</p></li>" for one in a.items)}</ul>',
    )
    body.append(
        f'<div class="x-free"><p><em>{escape(a.quote)}</em></p></div><p class="button-wrapper"><a class="button primary" href="/s">Share</a></p>{form}'
    )
    others = "".join(
        f'<div class="post-preview"><div><a href="/p{n}">{RELATED[n]}</a></div><div>{escape(TEASERS[n])}</div><div>Mar {n + 3} • {a.author}</div></div>'
        for n in range(3)
    )
    comments = "".join(
        f'<div class="comment"><div class="comment-content"><span>{who}</span><div class="comment-body"><p>{escape(text)}</p></div></div></div>'
        for who, text in COMMENTS
    )
    return (
        _head(a, "Bodies and Minds")
        + f'<body><div id="entry"><div class="main-menu"><div class="topbar"><a href="/">Bodies and Minds</a><button>Subscribe</button><button>Sign in</button></div></div><div class="single-post-container"><div class="container"><div class="single-post"><article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title">{a.headline}</h1><h3 class="subtitle">{a.standfirst}</h3><div class="byline-wrapper"><a href="/@m">{a.author}</a><div>{a.day}</div><a href="#">12</a><a href="#">Share</a></div></div><div class="available-content"><div class="body markup">{"".join(body)}</div></div><div class="post-footer"><a href="#">12 Likes</a></div></article></div></div>'
        f'<div id="discussion"><h4>Discussion about this post</h4>{comments}</div><div class="container"><h2>Other posts</h2>{others}</div></div><div class="footer-wrap"><p>{LEGAL}</p><p>Start your own publication here.</p></div></div></body></html>'
    )


def encyclopaedia(a: Article) -> str:
    """A health encyclopaedia: table of contents, info box, references, next-page links, medical review note."""
    refs = "".join(
        f'<li id="r{n}">Author {n}, Author B. {RELATED[n]}. J Invented Med. 2019;{n}:12-19. doi:10.5555/ref.{n}</li>'
        for n in range(4)
    )
    body = [
        f'<p>{escape(one)}<sup class="reference"><a href="#r{n}">[{n}]</a></sup></p>'
        for n, one in enumerate(a.paragraphs)
    ]
    return (
        _head(a, "Invented Health A-Z", ld=False)
        + f'<body class="mediawiki"><div id="mw-head">{_menu("div")}</div><div id="content" class="mw-body" role="main"><h1 id="firstHeading" class="firstHeading">{a.headline}</h1><div id="bodyContent"><div id="siteSub" class="noprint">From Invented Health, the free encyclopaedia of health</div><div id="jump-to-nav">Jump to navigation Jump to search</div><div id="mw-content-text"><div class="mw-parser-output"><div role="note" class="hatnote navigation-not-searchable">This article is about people. For animals, see <a href="/w">Animals and sleep</a>.</div>'
        f'<table class="infobox"><tbody><tr><th colspan="2">Overview</th></tr><tr><th>Specialty</th><td>Internal medicine</td></tr><tr><th>Frequency</th><td>4% of adults</td></tr></tbody></table><p><b>{a.standfirst}</b></p>{body[0]}<div id="toc" class="toc" role="navigation"><h2>Contents</h2><ul><li><a href="#a">1 {a.subheading}</a></li><li><a href="#b">2 References</a></li></ul></div>{body[1]}{body[2]}<h2><span class="mw-headline">{a.subheading}</span><span class="mw-editsection">[<a href="#e">edit</a>]</span></h2><ul>{"".join(f"<li>{escape(one)}</li>" for one in a.items)}</ul>{"".join(body[3:])}<h2><span class="mw-headline">References</span></h2><div class="reflist"><ol class="references">{refs}</ol></div><div class="navbox"><a href="/1">Sleep</a> · <a href="/2">Diabetes</a> · <a href="/3">Joints</a></div></div></div><div id="catlinks">Categories: <a href="/k">Health</a></div></div></div>'
        f'<div id="mw-navigation"><h2>Navigation menu</h2>{_links(MENU)}</div><div id="footer"><ul><li>This page was last edited on {a.day}, at 10:12.</li><li>{LEGAL}</li></ul></div></body></html>'
    )


def script(a: Article) -> str:
    """Built by scripts: only div and span, class names without meaning, no metadata but a title."""
    text = "".join(
        f'<div class="x1 y{n}"><span class="q9"><span>{escape(one)}</span></span></div>'
        for n, one in enumerate(a.paragraphs)
    )
    cards = "".join(
        f'<div class="z4"><div class="z5"><a href="/{n}"><span>{RELATED[n]}</span></a></div><div class="z6"><span>{escape(TEASERS[n % 3])}</span></div></div>'
        for n in range(4)
    )
    menu = "".join(f'<div class="m1"><a href="/{one}"><span>{one}</span></a></div>' for one in MENU)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{a.headline} | Pulse</title></head><body><div id="root"><div class="c0"><div class="c1">{menu}</div><div class="c2"><div class="c3"><div class="k1" role="heading" aria-level="1"><span>{a.headline}</span></div><div class="k2"><span>{a.standfirst}</span></div><div class="k3"><span>{a.author}</span><span> · </span><span>{a.day}</span></div><div class="c4">{text}</div></div><div class="c5"><div class="c6"><span>More for you</span></div>{cards}</div></div><div class="c7"><span>{LEGAL}</span></div></div></div>'
        f'<div class="o1"><div class="o2"><span>{COOKIES[0]}</span><span>{COOKIES[1]}</span></div></div></body></html>'
    )


def comments(a: Article) -> str:
    """A hosted blog whose readers write more than the author; the post has no paragraphs, the comments have."""
    post = "".join(f"<div>{escape(one)}</div><div><br></div>" for one in (*a.paragraphs, a.quote))
    thread = "".join(
        f'<dt class="comment-author" id="c{n}"><a href="/p">{who}</a> said...</dt><dd class="comment-body" id="cb{n}"><p>{escape(text)} {escape(COMMENTS[(n + 1) % 5][1])}</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="#c{n}">{a.day} at 10:{n:02d}</a></span></dd>'
        for n, (who, text) in enumerate(COMMENTS * 4)
    )
    return (
        _head(a, "My Little Lab", ld=False, og=False)
        + f'<body><div id="header-wrapper"><h1 class="title">My Little Lab</h1><p class="description"><span>Thoughts of a biologist who reads too much and sleeps too little, since 2009.</span></p></div><div id="main-wrapper"><div class="main section" id="main"><div class="widget Blog" id="Blog1"><div class="blog-posts hfeed"><h2 class="date-header"><span>{a.day}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{a.headline}</h3><div class="post-body entry-content">{post}<ul>{"".join(f"<li>{escape(one)}</li>" for one in a.items)}</ul></div><div class="post-footer"><span class="post-author vcard">Posted by {a.author}</span> <span class="post-labels">Labels: <a href="/l">food</a></span></div></div></div><div class="comments" id="comments"><h4>20 comments:</h4><dl id="comments-block">{thread}</dl><p class="comment-footer"><a href="/post">Post a Comment</a></p></div></div></div></div>'
        f'<div id="sidebar-wrapper"><div class="widget Profile"><h2>About Me</h2><p>{a.author} {AUTHOR_BIO}</p></div><div class="widget BlogArchive"><h2>Blog Archive</h2>{_links()}</div></div></body></html>'
    )


def local(a: Article) -> str:
    """A local paper: consent first, a body in several pieces around advertisements, paywall and letter, author's box."""
    first, second = _p(a.paragraphs[:3]), _p(a.paragraphs[3:])
    ad = '<div class="ad-slot" data-ad="1"><span>Advertisement</span><p>Hearing aids at half price, only this week, at Marrow Hearing on the High Street. Ask for our free test today.</p></div>'
    return (
        _head(a, "Marrow Gazette")
        + f'<body><div id="onetrust-consent-sdk"><div class="ot-sdk-container"><h2>We value your privacy</h2>{"".join(_p(COOKIES))}</div></div><div class="page"><header class="site-header"><div class="masthead">Marrow Gazette</div>{_menu()}<div class="breaking-news"><a href="/b">Breaking: {RELATED[4]}</a></div></header><div class="layout"><section class="article-page"><div class="article-header"><span class="kicker">Health</span><h1>{a.headline}</h1><h2 class="standfirst">{a.standfirst}</h2><div class="meta-bar"><span class="author-name">{a.author}</span><span class="date">{a.day}</span><span class="comments-link">5 Comments</span></div></div>'
        f'<div class="article-body">{"".join(first)}</div>{ad}<div class="article-body"><p>{escape(a.quote)}</p><h3>{a.subheading}</h3><ul>{"".join(f"<li>{escape(one)}</li>" for one in a.items)}</ul><p><strong>Read more: </strong><a href="/m">{RELATED[5]}</a></p></div><div class="newsletter-signup"><h4>Get the letter</h4><p>{NEWSLETTER}</p></div><div class="article-body">{"".join(second)}</div><div class="paywall-prompt"><p>{PAYWALL}</p></div><div class="author-box"><img src="m.jpg"><p>{a.author} {AUTHOR_BIO}</p></div><div class="most-read"><h3>Most read</h3>{_links()}</div></section>'
        f'<aside class="rail"><h3>Opinion</h3>{"".join(_p(TEASERS))}</aside></div><footer><p>{LEGAL}</p></footer></div></body></html>'
    )


STYLES: dict[str, Callable[[Article], str]] = {
    "wordpress": wordpress,
    "broadcaster": broadcaster,
    "tabloid": tabloid,
    "table": table,
    "press": press,
    "newsletter": newsletter,
    "encyclopaedia": encyclopaedia,
    "script": script,
    "comments": comments,
    "local": local,
}
