"use strict";
(() => {
  const pick = (id) => document.getElementById(id);
  const notes = [...document.querySelectorAll(".note")];
  const articles = [...document.querySelectorAll("article")];
  const apply = () => {
    const severity = pick("severity").value, kind = pick("kind").value, article = pick("article").value;
    for (const one of articles) one.hidden = article !== "" && one.dataset.article !== article;
    let shown = 0;
    for (const note of notes) {
      note.hidden = (severity !== "" && note.dataset.severity !== severity) || (kind !== "" && note.dataset.kind !== kind);
      if (!note.hidden && !note.closest("article").hidden) shown += 1;
    }
    pick("said").textContent = shown + " overstatements shown";
  };
  for (const id of ["severity", "kind", "article"]) pick(id).addEventListener("change", apply);
  document.addEventListener("keydown", (event) => {
    if (event.target.tagName === "SELECT" || event.ctrlKey || event.metaKey || event.altKey || !"jk".includes(event.key)) return;
    const open = notes.filter((note) => !note.hidden && !note.closest("article").hidden);
    const at = open.indexOf(document.activeElement);
    const next = open[event.key === "j" ? Math.min(at + 1, open.length - 1) : Math.max(at - 1, 0)];
    if (next) next.focus();
  });
})();
