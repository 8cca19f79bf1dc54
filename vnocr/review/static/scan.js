// The page as a picture beside its text: either shows where the other is.
const $ = (query, root = document) => root.querySelector(query);
const all = (query, root = document) => [...root.querySelectorAll(query)];

const corners = (text) => (text ? text.split(",").map(Number) : null);
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

export function start(desk, { correct, ready }) {
  const sheet = $("#sheet"), picture = $("#picture"), marks = $("#marks"), words = $("#words");
  const editor = $("#editor"), numbers = $("#page-number").dataset.numbers.split(",").map(Number);
  const sizes = new Map();
  let page = 0, scale = 1, place = null, edited = null;

  const address = (number) => `${desk.dataset.address}/pictures/${number}`;

  async function show(number) {
    if (!numbers.includes(number)) number = numbers[0];
    if (number === page || number === undefined) return;
    page = number;
    closeEditor();
    $("#page-number").textContent = `${numbers.indexOf(page) + 1} / ${numbers.length}`;
    picture.hidden = false;
    $("#no-picture").hidden = true;
    sheet.hidden = false;
    sheet.classList.add("drawing");
    marks.replaceChildren();
    picture.removeAttribute("src");
    picture.src = address(page);
    await reloadText();
  }

  picture.addEventListener("load", () => { sheet.classList.remove("drawing"); showAgain(); ready(); });
  picture.addEventListener("error", async () => {
    if (!picture.getAttribute("src")) return;
    sheet.hidden = true;
    $("#no-picture").hidden = false;
    const told = await fetch(address(page)).then((answer) => answer.json()).catch(() => null);
    $("#no-picture").textContent = told?.error ?? "";
  });

  async function reloadText() {
    const wanted = page;
    const answer = await fetch(`${desk.dataset.address}/text/${wanted}`);
    if (!answer.ok || wanted !== page) return;
    const kept = words.scrollTop;
    words.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    words.scrollTop = kept;
    const { width, height } = $(".page", words).dataset;
    sizes.set(page, [Number(width), Number(height)]);
    markSearched();
    markWords();
    showAgain();
    ready();
  }

  function markSearched() {
    const wanted = plain(desk.dataset.search).match(/[\p{L}\p{N}]+/gu) ?? [];
    if (!wanted.length) return;
    const hits = all(".w", words).filter((word) => (plain(word.textContent).match(/[\p{L}\p{N}]+/gu) ?? []).some((part) => wanted.includes(part)));
    hits.forEach((word) => word.classList.add("found"));
    hits[0]?.scrollIntoView({ block: "center" });
  }

  // ---- boxes on the picture ----

  function put(box, kind, margin = 0) {
    const [width, height] = sizes.get(page) ?? [0, 0];
    if (!box || !width) return null;
    const mark = document.createElement("div");
    mark.className = kind;
    mark.style.left = `${(100 * (box[0] - margin)) / width}%`;
    mark.style.top = `${(100 * (box[1] - margin)) / height}%`;
    mark.style.width = `${(100 * (box[2] - box[0] + 2 * margin)) / width}%`;
    mark.style.height = `${(100 * (box[3] - box[1] + 2 * margin)) / height}%`;
    marks.append(mark);
    return mark;
  }

  function markWords() {
    all(".mark", marks).forEach((mark) => mark.remove());
    for (const word of all(".w.changed, .w.doubtful", words)) {
      put(corners(word.dataset.box), word.classList.contains("doubtful") ? "mark doubtful" : "mark");
    }
  }

  async function showPlace(data) {
    const number = Number(data.page);
    place = { page: number, box: corners(data.box) };
    if (number && number !== page) await show(number);
    showAgain();
  }

  function showAgain() {
    all(".field", marks).forEach((mark) => mark.remove());
    if (!place || place.page !== page || !picture.naturalWidth) return;
    put(place.box, "field", 6)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function hover(word, scroll) {
    all(".hover").forEach((one) => (one.parentNode === marks ? one.remove() : one.classList.remove("hover")));
    if (!word) return;
    word.classList.add("hover");
    const mark = put(corners(word.dataset.box), "hover", 2);
    if (scroll === "text") word.scrollIntoView({ block: "nearest" });
    if (scroll === "picture") mark?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function wordAt(event) {
    const [width, height] = sizes.get(page) ?? [0, 0];
    const area = sheet.getBoundingClientRect();
    const x = ((event.clientX - area.left) / area.width) * width;
    const y = ((event.clientY - area.top) / area.height) * height;
    return all(".w", words).find((word) => {
      const box = corners(word.dataset.box);
      return box && x >= box[0] && x < box[2] && y >= box[1] && y < box[3];
    });
  }

  function crop(frame, data) {
    const box = corners(data.box), width = Number(data.width), height = Number(data.height);
    if (!box || !width) return;
    const image = $("img", frame), space = 14;
    const wide = box[2] - box[0] + 2 * space, high = box[3] - box[1] + 2 * space;
    const factor = Math.min(frame.clientWidth / wide, frame.clientHeight / high, 1.6) || 1;
    const middle = (frame.clientWidth - wide * factor) / 2, centre = (frame.clientHeight - high * factor) / 2;
    image.style.width = `${width * factor}px`;
    image.style.height = `${height * factor}px`;
    image.style.left = `${middle - (box[0] - space) * factor}px`;
    image.style.top = `${centre - (box[1] - space) * factor}px`;
    image.onload = () => frame.classList.add("drawn");
    image.onerror = () => { frame.hidden = true; };
    if (!image.getAttribute("src")) image.src = address(data.page);
  }

  // ---- correcting a word ----

  function edit(word) {
    edited = word;
    hover(word, "picture");
    $("#editor-seen").textContent = word.dataset.seen;
    $("#editor-text").value = word.dataset.text;
    editor.hidden = false;
    const at = word.getBoundingClientRect();
    const narrow = at.width === 0;
    editor.style.left = `${narrow ? 10 : Math.max(10, Math.min(at.left, innerWidth - editor.offsetWidth - 10))}px`;
    const below = at.bottom + 8 + editor.offsetHeight < innerHeight;
    editor.style.top = `${narrow ? 80 : below ? at.bottom + 8 : Math.max(10, at.top - editor.offsetHeight - 8)}px`;
    $("#editor-text").focus();
    $("#editor-text").select();
  }

  function closeEditor() {
    editor.hidden = true;
    edited = null;
  }

  async function save() {
    if (!edited) return;
    const [line, position] = edited.dataset.at.split(",").map(Number);
    const was = edited.dataset.text, text = $("#editor-text").value;
    closeEditor();
    if (text !== was) await correct({ kind: "word", page, line, position, was, text });
  }

  function nextDoubtfulWord(step) {
    const marked = all(".w.doubtful, .w.changed", words);
    if (!marked.length) return;
    const now = marked.findIndex((word) => word.classList.contains("hover"));
    const next = now < 0 ? (step > 0 ? 0 : marked.length - 1) : (now + step + marked.length) % marked.length;
    hover(marked[next], "picture");
    marked[next].scrollIntoView({ block: "nearest" });
  }

  function zoom(factor) {
    scale = Math.min(4, Math.max(0.5, scale * factor));
    sheet.style.width = `${100 * scale}%`;
  }

  const turn = (step) => show(numbers[numbers.indexOf(page) + step] ?? page);

  words.addEventListener("mouseover", (event) => hover(event.target.closest(".w"), "picture"));
  words.addEventListener("mouseleave", () => hover(null));
  words.addEventListener("click", (event) => { const word = event.target.closest(".w"); if (word) edit(word); });
  sheet.addEventListener("mousemove", (event) => {
    const word = wordAt(event);
    if (!word?.classList.contains("hover")) hover(word, "text");
  });
  sheet.addEventListener("mouseleave", () => hover(null));
  sheet.addEventListener("click", (event) => { const word = wordAt(event); if (word) edit(word); });
  editor.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  $("#editor-cancel").addEventListener("click", closeEditor);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === document.body && $(".w.hover", words)) edit($(".w.hover", words));
  });
  $("#page-back").addEventListener("click", () => turn(-1));
  $("#page-on").addEventListener("click", () => turn(1));
  $("#larger").addEventListener("click", () => zoom(1.25));
  $("#smaller").addEventListener("click", () => zoom(0.8));

  show(Number(desk.dataset.page));
  return { showPlace, showAgain, crop, reloadText, closeEditor, nextDoubtfulWord, zoom, turn, page: () => page };
}
