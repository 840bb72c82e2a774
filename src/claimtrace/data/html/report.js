"use strict";
(() => {
  const RANK = { minor: 0, major: 1, critical: 2 };
  const pick = (id) => document.getElementById(id);
  const SIGN = { minor: "m", major: "M", critical: "C" };
  const index = JSON.parse(pick("index").textContent);
  const reading = pick("reading"), evidence = pick("evidence"), list = pick("list");
  const filter = { severity: "", kind: "", find: "" };
  let shown = null; // the article on the page
  let chosen = null; // the sentence whose evidence is shown

  // All text goes through here: it becomes text nodes, never markup.
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const many = (count, one) => count + " " + one + (count === 1 ? "" : "s");
  const article = (id) => {
    const holder = document.querySelector('script[data-article="' + id + '"]');
    return holder && JSON.parse(holder.textContent);
  };
  const wanted = (note) => (!filter.severity || note.severity === filter.severity) && (!filter.kind || note.kind === filter.kind);
  const count = (entry) => Object.entries(entry.found).reduce((sum, [key, number]) => {
    const [kind, severity] = key.split("|");
    return sum + (wanted({ kind, severity }) ? number : 0);
  }, 0);
  const passes = (entry) => (!filter.find || (entry.title + " " + entry.path).toLowerCase().includes(filter.find)) && (!(filter.severity || filter.kind) || count(entry) > 0);
  const passing = () => index.articles.filter(passes);
  const worst = (notes) => notes.reduce((most, note) => (RANK[note.severity] > RANK[most] ? note.severity : most), "minor");

  const drawList = () => {
    const entries = passing();
    list.replaceChildren(...entries.map((entry) => {
      const numbers = ["critical", "major", "minor"].map((severity) => {
        const number = Object.entries(entry.found).reduce((sum, [key, value]) => sum + (key.endsWith("|" + severity) ? value : 0), 0);
        return number ? number + " " + severity : "";
      }).filter(Boolean).join(", ");
      return make("li", {}, make("a", { href: "#" + entry.id, "aria-current": shown && shown.id === entry.id ? "true" : null },
        make("strong", {}, entry.title || entry.path), make("small", {}, entry.verdict + (numbers ? ": " + numbers : ""))));
    }));
    const found = entries.reduce((sum, entry) => sum + count(entry), 0);
    pick("said").textContent = many(entries.length, "article") + " shown, with " + many(found, "finding") + (filter.severity || filter.kind ? " of this sort" : "") + ".";
  };

  const drawStudy = (data, id, link) => {
    const study = data.studies[id];
    if (!study) return make("p", {}, "Study: none known.");
    const title = study.href ? make("a", { href: study.href, rel: "noreferrer noopener", target: "_blank" }, study.title) : study.title;
    const why = (link.why || []).map(([name, words]) => name + " “" + words + "”").join("; ");
    return make("div", {}, make("p", {}, make("strong", {}, "Study: "), title, study.where ? " (" + study.where + ")" : ""),
      study.state ? make("p", { class: "critical" }, make("span", { class: "severity" }, study.state)) : null,
      make("p", { class: "why" }, (why ? "Why this one: " + why + " (" : "(") + Math.round(100 * link.score) + "% sure)"));
  };
  const drawNote = (data, note, number) => make("li", { class: "note " + note.severity, "data-severity": note.severity, "data-kind": note.kind },
    make("span", { class: "severity" }, note.severity), " ", make("strong", {}, index.rules[note.rule] || note.kind), make("span", { class: "why" }, " " + note.rule + " " + note.kind),
    note.claim ? make("p", {}, (number ? "Sentence " + number + ": " : "") + "“" + note.span + "”") : null,
    make("p", {}, note.reason),
    note.quote === null ? null : make("p", { class: "says" }, "The study says"),
    note.quote === null ? null : make("blockquote", {}, data.quotes[note.quote]),
    note.suggestion ? make("p", { class: "says" }, "Faithful") : null,
    note.suggestion ? make("p", { class: "faithful" }, note.suggestion) : null,
    note.confidence === null ? null : make("p", { class: "why" }, Math.round(100 * note.confidence) + "% sure"));
  const drawSentence = (data, one, number) => {
    const notes = one.notes.map((at) => data.notes[at]);
    const pieces = one.pieces.map(([text, at]) => at.length ? make("mark", { class: worst(at.map((number) => data.notes[number])) }, text) : text);
    const attributes = { id: one.id, class: "claim" + (one.study ? " linked" : "") + (notes.length && !notes.some(wanted) ? " out" : "") };
    if (notes.length) attributes.href = "#" + one.id;
    return [make(notes.length ? "a" : "span", attributes, make("span", { class: "number", "aria-hidden": "true" }, String(number)), ...pieces), " "];
  };
  const drawMap = (data) => {
    const rows = new Map();
    data.sentences.forEach((one, at) => {
      const key = one.study || "";
      if (!rows.has(key)) rows.set(key, []);
      rows.get(key).push([one, at + 1]);
    });
    const body = make("tbody");
    for (const [key, places] of rows) {
      const links = key === "" ? [many(places.length, "sentence")] : [make("div", { class: "places" }, ...places.map(([one, number]) => {
        const notes = one.notes.map((at) => data.notes[at]);
        const severity = notes.length ? worst(notes) : "";
        return make("a", { href: "#" + one.id, class: severity, "aria-label": "sentence " + number + (severity ? ", " + severity + " overstatement" : "") }, number + (severity ? " " + SIGN[severity] : ""));
      }))];
      body.append(make("tr", {}, make("th", { scope: "row" }, key === "" ? "none known" : data.studies[key].title), make("td", {}, ...links)));
    }
    return make("section", {}, make("h3", {}, "Which sentence rests on which study"),
      make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "study"), make("th", { scope: "col" }, "sentences (C critical, M major, m minor)"))), body));
  };
  const drawArticle = (data) => {
    const about = [data.path, data.author, data.published].filter(Boolean).join(" · ");
    const whole = make("article", { "data-article": data.id }, make("h2", {}, data.title || data.path), make("p", { class: "meta" }, about, " · ", make("strong", {}, data.verdict)),
      make("div", { class: "study" }, data.study ? drawStudy(data, data.study.id, data.study) : make("p", {}, "Study: none known. Nothing is said about its claims.")));
    const text = make("div", { class: "text" });
    const numbers = new Map(data.sentences.map((one, at) => [one.id, at + 1]));
    for (const [kind, parts] of data.blocks) text.append(make("p", { class: kind, dir: "auto" }, ...parts.flatMap((part) => typeof part === "string" ? [part] : drawSentence(data, data.sentences[part], part + 1))));
    whole.append(text);
    if (data.left) whole.append(make("p", { class: "meta" }, many(data.left, "block") + " of menus, comments and related links left out."));
    const omissions = data.omissions.filter(wanted);
    if (omissions.length) whole.append(make("section", {}, make("h3", {}, "Never told"), make("ul", { class: "notes" }, ...omissions.map((one) => drawNote(data, one)))));
    if (data.notes.length) whole.append(make("section", { class: "print" }, make("h3", {}, "Overstatements"), make("ol", { class: "notes" }, ...data.notes.filter(wanted).map((one) => drawNote(data, one, numbers.get(one.claim))))));
    if (data.sentences.length) whole.append(drawMap(data));
    return whole;
  };
  const drawEvidence = () => {
    const close = make("button", { id: "close", type: "button" }, "Close");
    close.addEventListener("click", () => choose(null));
    for (const old of document.querySelectorAll(".claim.here")) old.classList.remove("here");
    evidence.classList.toggle("open", chosen !== null);
    if (chosen === null) {
      evidence.replaceChildren(make("p", { class: "why nowhere" }, shown && shown.notes.length ? "Choose an underlined sentence, or press j." : "Choose a sentence to see what it rests on."));
      return;
    }
    const one = shown.sentences.find((sentence) => sentence.id === chosen);
    const notes = one.notes.map((at) => shown.notes[at]).sort((a, b) => RANK[b.severity] - RANK[a.severity]);
    pick(chosen).classList.add("here");
    evidence.replaceChildren(...[close, make("h3", {}, "This sentence"), make("p", { class: "why" }, one.kind + ", said by: " + one.speaker + " · ", make("a", { href: "#" + one.id }, one.id)),
      notes.length ? make("ol", { class: "notes" }, ...notes.map((note) => drawNote(shown, note))) : make("p", { class: "severity good" }, one.study ? "No overstatement found." : "Nothing is said about it."),
      one.study ? drawStudy(shown, one.study, one) : make("p", {}, "Study: none known."),
      one.finding === null ? null : make("p", { class: "says" }, "What it found"), one.finding === null ? null : make("p", {}, shown.quotes[one.finding])].filter(Boolean));
    evidence.scrollTop = 0;
  };

  const open = (id) => {
    if (shown && shown.id === id) return true;
    const data = article(id);
    if (!data) return false;
    shown = data;
    chosen = null;
    reading.replaceChildren(drawArticle(data));
    for (const link of list.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
    const entry = list.querySelector('a[href="#' + id + '"]');
    if (entry) entry.setAttribute("aria-current", "true");
    drawEvidence();
    return true;
  };
  const choose = (id, focus) => {
    chosen = id;
    drawEvidence();
    if (id === null) return;
    const element = pick(id);
    if (focus && element.href) element.focus({ preventScroll: true });
    element.scrollIntoView({ block: matchMedia("(max-width: 50rem)").matches ? "start" : "center" });
    const marked = steps();
    const at = marked.indexOf(id);
    if (at >= 0) pick("said").textContent = "Overstated sentence " + (at + 1) + " of " + marked.length + " in this article.";
  };
  const address = (id) => history.replaceState(null, "", "#" + id);
  const steps = () => shown ? shown.sentences.filter((one) => one.notes.some((at) => wanted(shown.notes[at]))).map((one) => one.id) : [];
  const move = (by) => {
    const ids = steps();
    const at = ids.indexOf(chosen);
    const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
    if (ids[next]) { address(ids[next]); choose(ids[next], true); return; }
    const entries = passing();
    let place = entries.findIndex((entry) => shown && entry.id === shown.id) + by;
    while (entries[place] && !Object.keys(entries[place].found).some((key) => !key.startsWith("omission|") && wanted({ kind: key.split("|")[0], severity: key.split("|")[1] }))) place += by;
    if (!entries[place] || !open(entries[place].id)) return;
    const there = steps();
    const to = by > 0 ? there[0] : there[there.length - 1];
    if (to) { address(to); choose(to, true); }
  };
  const turn = (by) => {
    const entries = passing();
    const entry = entries[entries.findIndex((one) => shown && one.id === shown.id) + by];
    if (entry && open(entry.id)) { address(entry.id); scrollTo(0, 0); reading.focus({ preventScroll: true }); }
  };
  // An address names an article, or a sentence of one; the articles are searched for it as text before one is laid out.
  const follow = () => {
    const id = location.hash.slice(1);
    if (!/^[0-9a-z]{8,64}$/.test(id)) return false;
    if (open(id)) { scrollTo(0, 0); return true; }
    if (!shown || !shown.sentences.some((one) => one.id === id)) {
      const holder = [...document.querySelectorAll("script[data-article]")].find((one) => one.textContent.includes('{"id":"' + id + '"'));
      if (!holder || !open(holder.dataset.article)) return false;
    }
    choose(id, true);
    return true;
  };
  const apply = () => {
    filter.severity = pick("severity").value;
    filter.kind = pick("kind").value;
    filter.find = pick("find").value.trim().toLowerCase();
    const entries = passing();
    const kept = entries.find((entry) => shown && entry.id === shown.id) || entries[0];
    shown = null;
    if (kept) open(kept.id);
    else { reading.replaceChildren(make("p", {}, "No article has findings of this sort.")); chosen = null; drawEvidence(); }
    drawList();
  };

  for (const id of ["severity", "kind"]) pick(id).addEventListener("change", apply);
  pick("find").addEventListener("input", apply);
  pick("filters").addEventListener("submit", (event) => event.preventDefault());
  pick("help").addEventListener("click", () => { pick("keys").hidden = !pick("keys").hidden; pick("help").setAttribute("aria-expanded", String(!pick("keys").hidden)); });
  pick("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  reading.addEventListener("click", (event) => {
    const claim = event.target.closest(".claim");
    if (!claim || getSelection().toString()) return;
    event.preventDefault();
    address(claim.id);
    choose(claim.id, false);
  });
  addEventListener("hashchange", follow);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (evidence.contains(event.target) && chosen) pick(chosen).focus({ preventScroll: true });
      choose(null);
      return;
    }
    if (["SELECT", "INPUT"].includes(event.target.tagName)) return;
    const act = { j: () => move(1), ArrowRight: () => move(1), k: () => move(-1), ArrowLeft: () => move(-1), n: () => turn(1), p: () => turn(-1), e: () => { if (chosen) evidence.focus({ preventScroll: true }); }, "/": () => pick("find").focus(), "?": () => pick("help").click() }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  // On paper all articles that pass the filters, up to as many as one would read; else the open one.
  addEventListener("beforeprint", () => {
    const entries = passing();
    if (entries.length <= index.printed) reading.replaceChildren(...entries.map((entry) => article(entry.id)).filter(Boolean).map(drawArticle));
  });
  addEventListener("afterprint", () => { if (shown) { reading.replaceChildren(drawArticle(shown)); drawEvidence(); } });

  const start = () => { if (!follow() && !shown && index.articles.length) open(index.articles[0].id); drawList(); };
  const narrow = matchMedia("(max-width: 75rem)");
  const fold = () => { pick("drawer").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  drawList();
  drawEvidence();
  document.addEventListener("DOMContentLoaded", start);
})();
