// Every word the page itself says, in both languages; and dates. What the bot says arrives in both languages already.
import { recall, remember, setText } from "./dom.js";

const WORDS = {
  skip: ["跳到输入框", "Skip to the message box"],
  i_am: ["我是", "I am"],
  other_language: ["English", "中文"],
  conversations: ["对话", "Conversations"],
  sample_note: ["演示数据，人物都是虚构的。换一个人，就看到他的私聊。", "Sample data; all people are invented. Switch the person to see their private chat."],
  back: ["返回对话列表", "Back to conversations"],
  messages: ["消息", "Messages"],
  log_help: ["按上下方向键逐条浏览，按 Tab 键到这条消息的操作，按 Esc 键回到输入框。", "Use the up and down arrow keys to go through the messages, Tab for what can be done with one, Escape for the message box."],
  new_messages: ["有新消息", "New messages"],
  suggestions: ["可以说的话", "Things to say"],
  suggestions_said: ["{n} 条建议，按下方向键选择", "{n} suggestions, press the down arrow to choose"],
  composer: ["写消息", "Write a message"],
  hint_group: ["写给大家，或 @支部", "To everyone, or @zhibu"],
  hint_private: ["写消息，打 / 看能做什么", "Message, or type /"],
  send: ["发送", "Send"],
  save: ["保存修改", "Save the change"],
  location: ["发送位置", "Send a location"],
  location_title: ["发送位置", "Send a location"],
  location_note: ["只会记到市、区，不记门牌。", "Only the city and district are kept, never a street."],
  location_presets: ["示例地点", "Sample places"],
  latitude: ["纬度", "Latitude"],
  longitude: ["经度", "Longitude"],
  send_location: ["发送", "Send"],
  cancel: ["取消", "Cancel"],
  close: ["关闭", "Close"],
  picture: ["图片", "Picture"],
  picture_alt: ["图片：{text}", "Picture: {text}"],
  picture_gone: ["图片已不在了。", "The picture is no longer kept."],
  enlarge: ["放大图片", "Enlarge the picture"],
  download: ["下载", "Download"],
  bot: ["机器人", "bot"],
  you: ["我", "You"],
  edited: ["已编辑", "edited"],
  reply: ["回复", "Reply"],
  edit: ["编辑", "Edit"],
  replying: ["回复 {name}：", "Replying to {name}:"],
  editing: ["编辑消息：", "Editing:"],
  cancel_reply: ["取消回复", "Cancel the reply"],
  cancel_edit: ["取消编辑", "Cancel the edit"],
  quote_of: ["回复 {name}", "Reply to {name}"],
  quote_gone: ["较早的消息", "An earlier message"],
  reactions: ["回应", "Reactions"],
  noted: ["记下了", "noted"],
  sending: ["发送中…", "Sending…"],
  saving: ["保存中…", "Saving…"],
  stored: ["已送达", "Stored"],
  not_sent: ["没有发出", "Not sent"],
  retry: ["点这里重试", "Tap to try again"],
  discard: ["不发了", "Discard"],
  members: ["{n} 人", "{n} members"],
  private: ["只有您和机器人的私聊", "Private: only you and the bot"],
  unread: ["{n} 条未读", "{n} unread"],
  nothing_yet: ["还没有消息", "No messages yet"],
  empty_title: ["还没有消息。试试：", "Nothing here yet. Try:"],
  location_card: ["位置 {text}", "Location {text}"],
  connecting: ["正在连接…", "Connecting…"],
  offline: ["连接断开，正在重连…", "Connection lost, reconnecting…"],
  no_session: [
    "还没有登录。请私聊机器人发“网页”，它会给您一个一次性链接，点开就能进来。",
    "You are not signed in. Send the bot the private message “网页” (web): it answers with a one-time link that lets you in.",
  ],
  refused: ["这个页面不能连接到服务。请从机器人给的链接打开。", "This page may not connect. Please open it from the bot's own link."],
  unknown_person: ["没有这个人，已换成默认的人。", "There is no such person; the default one is used."],
  no_answer: ["没有收到答复，请看一下对话，需要的话再按一次。", "No answer came. Please look at the chat and press again if needed."],
  not_connected: ["还没连上，连上后请再试一次。", "Not connected. Please try again once the connection is back."],
  too_long: ["这条太长了，请分成几条发。", "This is too long. Please send it in parts."],
  today: ["今天", "Today"],
  yesterday: ["昨天", "Yesterday"],
};

/** What an empty chat offers; each is a sentence the bot understands in that language. */
export const TRY = { zh: ["签到", "我在哈尔滨", "帮助"], en: ["/checkin", "I am in Harbin", "/help"] };

let current = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
let chosen = false;
const saved = recall("localStorage", "language");
if (saved === "zh" || saved === "en") {
  current = saved;
  chosen = true;
}

export const language = () => current;
export const locale = () => (current === "zh" ? "zh-CN" : "en");

/** What the person chose wins over what the server proposes. */
export function setLanguage(to, byHand) {
  if (!byHand && chosen) return;
  current = to === "zh" ? "zh" : "en";
  if (byHand) {
    chosen = true;
    remember("localStorage", "language", current);
  }
}

export function say(key, values = {}) {
  const words = WORDS[key][current === "zh" ? 0 : 1];
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** A text object of the server in the current language; the other one rather than nothing. */
export const pick = (text) => (text ? text[current] || text.zh || text.en || "" : "");

/** Fills the words of the template. */
export function fillPage(root = document) {
  document.documentElement.lang = locale();
  for (const node of root.querySelectorAll("[data-word]")) setText(node, say(node.dataset.word));
  for (const node of root.querySelectorAll("[data-name]")) {
    node.setAttribute("aria-label", say(node.dataset.name));
    if (node.tagName === "BUTTON") node.title = say(node.dataset.name);
  }
}

const formats = new Map();
function format(date, options) {
  const key = current + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), options));
  return formats.get(key).format(date);
}

export const clockTime = (date) => format(date, { hour: "2-digit", minute: "2-digit", hour12: false });
export const fullTime = (date) => format(date, { dateStyle: "long", timeStyle: "short" });

export const dayKey = (date) => `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;

export function dayName(date) {
  const now = new Date();
  if (dayKey(date) === dayKey(now)) return say("today");
  if (dayKey(date) === dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return say("yesterday");
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return format(date, { ...year, month: "long", day: "numeric", weekday: "long" });
}

/** For the list: the time today, the date otherwise. */
export function shortTime(date) {
  if (dayKey(date) === dayKey(new Date())) return clockTime(date);
  return format(date, { month: "numeric", day: "numeric" });
}
