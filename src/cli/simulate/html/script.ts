/** What the page does beyond being read: it filters, highlights, and shows all that happened to one object. */
export const SCRIPT = `
const story = JSON.parse(document.getElementById("story").textContent);
const detail = document.getElementById("detail");
const filter = document.querySelector(".filter");
filter.hidden = false;
filter.querySelector("input").addEventListener("input", ({ target }) => {
  const wanted = target.value.trim().toLowerCase();
  for (const each of document.querySelectorAll("[data-text]")) {
    const isOut = !each.dataset.text.includes(wanted);
    if (each instanceof SVGElement) each.classList.toggle("out", isOut);
    else each.hidden = isOut;
  }
  const out = new Set([...document.querySelectorAll(".node.out")].map((node) => node.dataset.object));
  for (const edge of document.querySelectorAll(".edge[data-from]"))
    edge.classList.toggle("out", out.has(edge.dataset.from) || out.has(edge.dataset.to));
  for (const thing of document.querySelectorAll(".thing")) thing.classList.toggle("out", out.has(thing.dataset.object));
});
const key = ({ apiVersion, kind, namespace, name }) =>
  JSON.stringify([apiVersion.includes("/") ? apiVersion.split("/")[0] : "", kind, namespace, name]);
const anchors = new Map();
for (const { object } of story.timeline) if (!anchors.has(key(object))) anchors.set(key(object), "o" + (anchors.size + 1));
const elapsed = (ms) => {
  const [h, m, s] = [Math.floor(ms / 3600000), Math.floor((ms % 3600000) / 60000), Math.floor((ms % 60000) / 1000)];
  return (h ? h + "h" : "") + (m ? m + "m" : "") + (s ? s + "s" : "") || "0s";
};
const element = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });
let opener;
function open(anchor, from) {
  const own = story.timeline.filter(({ object }) => anchors.get(key(object)) === anchor);
  const { object } = own[own.length - 1] ?? {};
  if (!object) return;
  opener = from;
  const close = element("button", "×");
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", shut);
  const list = element("ol");
  for (const { at, what, message = "", fields = [] } of own) {
    const item = element("li");
    item.append(element("time", "+" + elapsed(at)), " ", element("b", what), " ", [message, fields.join(", ")].filter(Boolean).join(" "));
    list.append(item);
  }
  const facts = [object.resource && "resource " + object.resource, object.externalName && "in the cloud " + object.externalName, object.apiVersion];
  detail.replaceChildren(close, element("h2", object.kind + " " + object.name), element("p", facts.filter(Boolean).join(" · ")), list);
  detail.hidden = false;
  detail.focus();
}
function shut() {
  detail.hidden = true;
  opener?.focus();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#o']");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  open(link.getAttribute("href").slice(1), link);
});
document.addEventListener("keydown", ({ key: pressed }) => {
  if (pressed === "Escape" && !detail.hidden) shut();
});
function light(event) {
  const node = event.target.closest?.("[data-object]");
  const id = node?.dataset.object;
  for (const edge of document.querySelectorAll(".edge[data-from]"))
    edge.classList.toggle("lit", id !== undefined && (edge.dataset.from === id || edge.dataset.to === id));
  for (const each of document.querySelectorAll("[data-object]")) each.classList.toggle("lit", each.dataset.object === id);
}
document.addEventListener("pointerover", light);
document.addEventListener("focusin", light);
`;
