// The list of conversations, and the head of the open one.
import { byId, el, setText } from "./dom.js";
import { pick, say, shortTime } from "./i18n.js";
import { preview } from "./log.js";
import { mark } from "./messages.js";

export class Conversations {
  constructor() {
    this.list = byId("conversations");
    this.rows = new Map();   // chat id → its parts
  }

  /** last(chat): the newest message or pending one */
  show(state, openId, last) {
    for (const [id, row] of this.rows) {
      if (!state.chats.has(id)) {
        row.item.remove();
        this.rows.delete(id);
      }
    }
    for (const chat of state.chats.values()) this.fill(this.row(chat), chat, chat.id === openId, last(chat), state);
    const unread = state.unreadInAll();
    document.title = unread ? `(${unread}) 支部 Zhibu` : "支部 Zhibu";
  }

  row(chat) {
    if (!this.rows.has(chat.id)) {
      const row = {
        title: el("span", { class: "row-title", dir: "auto" }),
        time: el("time"),
        preview: el("span", { class: "row-preview", dir: "auto" }),
        unread: el("span", { class: "unread" }),
      };
      row.link = el("a", { class: "conversation", href: `#chat/${encodeURIComponent(chat.id)}`, "data-testid": "conversation", "data-chat": chat.id },
        el("span", { class: `mark ${chat.kind === "group" ? "tone-group" : "tone-bot"}`, "aria-hidden": "true", text: chat.kind === "group" ? "群" : "支" }),
        row.title, row.time, row.preview, row.unread);
      row.item = el("li", {}, row.link);
      this.rows.set(chat.id, row);
      this.list.append(row.item);
    }
    return this.rows.get(chat.id);
  }

  fill(row, chat, open, message, state) {
    if (open) row.link.setAttribute("aria-current", "true");
    else row.link.removeAttribute("aria-current");
    setText(row.title, pick(chat.title));
    setText(row.time, message ? shortTime(new Date(message.at)) : "");
    const who = message && chat.kind === "group" && !state.mine(message) ? `${pick(message.from.name)}: ` : "";
    setText(row.preview, who + preview(message));
    const count = chat.unread;
    row.unread.hidden = !count;
    if (row.unread.dataset.count !== `${count}${say("you")}`) {
      row.unread.dataset.count = `${count}${say("you")}`;
      row.unread.replaceChildren(el("span", { "aria-hidden": "true", text: count > 99 ? "99+" : String(count) }),
        el("span", { class: "unseen", text: say("unread", { n: count }) }));
    }
  }

  focus(id) {
    (this.rows.get(id)?.link ?? byId("list-title")).focus();
  }
}

export function showTalkHead(chat) {
  // Without a chat there is nothing to name and nowhere to write to.
  byId("talk-head").hidden = !chat;
  byId("form").hidden = !chat;
  setText(byId("talk-title"), chat ? pick(chat.title) : "");
  const about = chat?.kind === "group" ? say("members", { n: chat.members }) : say("private");
  setText(byId("talk-about"), chat ? about : "");
}

