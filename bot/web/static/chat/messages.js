// One message on the page. It is patched in place, so that a burst of edits neither flickers nor is read aloud fifty times.
import { el, icon, setText } from "./dom.js";
import { clockTime, fullTime, language, pick, say } from "./i18n.js";

/** The first visible character of a name, for the round mark beside a message. */
function initial(name) {
  return [...name.replace(/[\p{C}\p{M}\s]/gu, "")][0]?.toUpperCase() ?? "·";
}

export function mark(from, name) {
  let sum = 0;
  for (const letter of from) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return el("span", { class: `mark tone-${from === "bot" ? "bot" : sum % 6}`, "aria-hidden": "true", text: from === "bot" ? "支" : initial(name) });
}

/** Links in what the bot says, and only http(s): a one-time link must be one tap away. */
function fillText(node, text, linked) {
  node.replaceChildren();
  const parts = linked ? text.split(/(https?:\/\/[^\s<>"'，。；：！？、（）【】《》“”]+[^\s<>"'，。；：！？、（）【】《》“”.,;:!?)])/u) : [text];
  parts.forEach((part, index) => {
    if (index % 2 === 0) node.append(part);
    else node.append(el("a", { href: part, target: "_blank", rel: "noopener noreferrer", text: part }));
  });
}

export class MessageView {
  /** acts: press(message, button), reply(message), edit(message), jump(id), enlarge(message, alt), retry(nonce), discard(nonce) */
  constructor(acts) {
    this.acts = acts;
    this.entry = null;
    this.stamp = "";
    this.pressables = new Map();   // data → button
    this.name = el("span", { class: "name", dir: "auto" });
    this.tag = el("span", { class: "tag" });
    this.quote = el("button", { class: "quote", type: "button", onclick: () => this.acts.jump(this.message.reply_to) });
    this.text = el("p", { class: "text", dir: "auto" });
    this.media = el("div", { class: "media" });
    this.reactions = el("ul", { class: "reactions" });
    this.edited = el("span", { class: "edited" });
    this.time = el("time");
    this.delivery = el("span", { class: "delivery" });
    this.trouble = el("div", { class: "trouble" });
    this.replyButton = this.action("reply", () => this.acts.reply(this.message));
    this.editButton = this.action("edit", () => this.acts.edit(this.message));
    this.buttons = el("div", { class: "buttons", role: "group" });
    this.bubble = el("div", { class: "bubble" }, this.quote, this.text, this.media,
      el("p", { class: "foot" }, this.edited, this.time, this.delivery));
    this.markPlace = el("span", { class: "mark-place" });
    this.root = el("article", { class: "message", "data-testid": "message", tabindex: "-1" },
      this.markPlace,
      el("div", { class: "column" },
        el("p", { class: "from" }, this.name, this.tag),
        el("div", { class: "line" }, this.bubble, el("div", { class: "actions" }, this.replyButton, this.editButton)),
        this.reactions, this.buttons, this.trouble));
  }

  get message() {
    return this.entry.message;
  }

  action(word, act) {
    return el("button", { class: "quiet icon", type: "button", tabindex: "-1", "data-action": word, onclick: act }, icon(word));
  }

  /** entry: {key, message, mine, follows, quoted, busy(data), pressed(data), saving, delivery, nonce, error} */
  update(entry) {
    const buttons = (entry.message.buttons ?? []).flat().map(({ data }) => `${entry.busy(data)} ${entry.pressed(data)}`).join();
    const stamp = [language(), entry.follows, entry.delivery, entry.saving, buttons, pick(entry.error), entry.quoted?.id].join("|");
    if (this.entry?.message === entry.message && this.entry.quoted === entry.quoted && this.stamp === stamp) return;
    const anew = this.stamp.split("|")[0] !== language();
    const changed = anew || this.entry?.message !== entry.message;
    this.entry = entry;
    this.stamp = stamp;
    const { message, mine } = entry;
    const { root } = this;
    root.dataset.id = message.id ?? "";
    root.dataset.from = message.from.id;
    root.dataset.state = entry.delivery ?? "";
    root.classList.toggle("mine", mine);
    root.classList.toggle("follows", entry.follows);
    if (changed) this.fill(message, mine, anew);
    this.fillQuote(entry);
    this.fillDelivery(entry);
    this.fillButtons(entry);
    const stored = Boolean(message.id);
    this.replyButton.hidden = !stored;
    // What was typed is the same in both languages; what is not (a location card) has no words to change.
    this.editButton.hidden = !stored || !mine || Boolean(message.picture || message.file) || message.text.zh !== message.text.en;
  }

  fill(message, mine, anew) {
    const name = pick(message.from.name);
    const at = new Date(message.at);
    const bot = message.from.id === "bot";
    this.root.setAttribute("aria-label", `${mine ? say("you") : name}${bot ? ` (${say("bot")})` : ""}, ${clockTime(at)}`);
    setText(this.name, name);
    setText(this.tag, bot ? say("bot") : "");
    this.markPlace.replaceChildren(mine ? "" : mark(message.from.id, name));
    const text = pick(message.text);
    fillText(this.text, text, bot);
    this.text.hidden = !text;
    this.fillMedia(message, text, anew);
    this.fillReactions(message.reactions ?? []);
    setText(this.edited, message.edited && !bot ? say("edited") : "");   // the bot's counts change all the time
    setText(this.time, clockTime(at));
    this.time.dateTime = message.at;
    this.time.title = fullTime(at);
    for (const [button, word] of [[this.replyButton, "reply"], [this.editButton, "edit"]]) {
      button.setAttribute("aria-label", say(word));
      button.title = say(word);
    }
  }

  fillMedia(message, text, anew) {
    const wanted = `${message.picture ?? ""} ${message.file?.url ?? ""}`;
    if (!anew && this.media.dataset.shown === wanted) return;
    this.media.dataset.shown = wanted;
    this.media.replaceChildren();
    if (message.picture) {
      const words = [...text].slice(0, 120).join("");
      const alt = words ? say("picture_alt", { text: words }) : say("picture");
      this.media.append(el("button", { class: "picture", type: "button", "aria-label": words ? `${say("enlarge")}: ${words}` : say("enlarge"),
        onclick: () => this.acts.enlarge(this.message, alt) }, el("img", { src: message.picture, alt, decoding: "async", loading: "lazy",
        onerror: () => this.media.querySelector(".picture")?.replaceWith(el("p", { class: "soft", text: say("picture_gone") })) })));
    }
    if (message.file) {
      this.media.append(el("a", { class: "file", href: message.file.url, download: message.file.name }, icon("file"),
        el("span", {}, el("span", { class: "file-name", dir: "auto", text: message.file.name }), el("span", { class: "soft", text: say("download") }))));
    }
  }

  fillReactions(reactions) {
    const counts = new Map();
    for (const reaction of reactions) counts.set(reaction, (counts.get(reaction) ?? 0) + 1);
    this.reactions.hidden = counts.size === 0;
    this.reactions.setAttribute("aria-label", say("reactions"));
    this.reactions.replaceChildren(...[...counts].map(([reaction, count]) => {
      // The bot's quiet "noted" is drawn: a bare machine has no font with such signs.
      const noted = reaction === "👌";
      const words = noted ? say("noted") : reaction;
      return el("li", {}, noted && icon("noted"), el("span", { text: count > 1 ? `${words} ${count}` : words }));
    }));
  }

  fillQuote({ message, quoted }) {
    this.quote.hidden = !message.reply_to;
    if (!message.reply_to) return;
    const name = quoted ? pick(quoted.from.name) : "";
    this.quote.replaceChildren(
      el("b", { text: quoted ? say("quote_of", { name }) : say("reply"), dir: "auto" }),
      el("span", { dir: "auto", text: quoted ? [...pick(quoted.text)].slice(0, 160).join("") || say("picture") : say("quote_gone") }));
  }

  fillDelivery({ mine, delivery, nonce, error, saving }) {
    const state = saving ? "saving" : delivery;
    this.delivery.hidden = !mine;
    const signs = { waiting: "", sending: "", saving: "", stored: "✓", failed: "!" };
    const word = { waiting: say("sending"), sending: say("sending"), saving: say("saving"), stored: say("stored"), failed: say("not_sent") }[state] ?? "";
    this.delivery.replaceChildren(signs[state] ? el("span", { "aria-hidden": "true", text: signs[state] }) : "",
      el("span", { class: state === "stored" ? "unseen" : "", text: word }));
    this.delivery.title = word;
    this.trouble.replaceChildren();
    if (state !== "failed") return;
    if (error) this.trouble.append(el("p", { class: "why", dir: "auto", text: pick(error) }));
    this.trouble.append(
      el("button", { class: "plain", type: "button", "data-testid": "retry", text: say("retry"), onclick: () => this.acts.retry(nonce) }),
      el("button", { class: "plain", type: "button", "data-testid": "discard", text: say("discard"), onclick: () => this.acts.discard(nonce) }));
  }

  /** Buttons that stay are the same elements, so that focus stays too. */
  fillButtons({ message, busy, pressed }) {
    const rows = message.buttons ?? [];
    const focused = this.buttons.contains(document.activeElement);
    const before = this.pressables;
    this.pressables = new Map();
    const layout = rows.map((row) => row.map((spec) => {
      const button = before.get(spec.data) ?? el("button", { class: "press", type: "button", "data-testid": "button",
        "data-data": spec.data, onclick: () => this.acts.press(this.message, spec.data) });
      this.pressables.set(spec.data, button);
      setText(button, pick(spec.label));
      const waits = busy(spec.data);
      button.setAttribute("aria-busy", String(waits));
      button.setAttribute("aria-disabled", String(waits));
      button.toggleAttribute("data-pressed", pressed(spec.data));
      return button;
    }));
    const shape = JSON.stringify(rows.map((row) => row.map(({ data }) => data)));
    if (this.buttons.dataset.shape !== shape) {
      this.buttons.dataset.shape = shape;
      this.buttons.replaceChildren(...layout.map((row) => el("div", { class: "button-row" }, ...row)));
      if (focused) (document.activeElement === document.body ? this.root : document.activeElement).focus();
    }
    this.buttons.hidden = rows.length === 0;
    this.buttons.setAttribute("aria-label", this.root.getAttribute("aria-label"));
  }

  /** Only the message one is at has its actions in the Tab order: two hundred would be a wall. */
  current(is) {
    for (const button of [this.replyButton, this.editButton]) button.tabIndex = is ? 0 : -1;
  }
}
