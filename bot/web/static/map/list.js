// The list by city: each opens to the people there. It says everything the map says.

function made(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export class List {
  /** `onopen` is called with the code of a city that was opened here. */
  onopen = () => {};

  constructor(node, cities, { language, says }) {
    this.node = node;
    this.cities = cities;
    this.language = language;
    this.says = says;
    this.opened = new Set();
  }

  /** Show those of a role, or all with "", and perhaps only who has not confirmed for long; answers the cities that are left. */
  filter(role, staleOnly) {
    const fits = (each) => (!role || each.roles.includes(role)) && (!staleOnly || each.stale);
    const shown = this.cities
      .map((city) => ({ ...city, residents: city.residents.filter(fits) }))
      .filter((city) => city.residents.length > 0);
    this.node.replaceChildren(...shown.map((city) => this.#city(city)));
    return shown;
  }

  #city(city) {
    const item = made("li", "city");
    item.dataset.code = city.code;
    const heading = made("h3");
    const button = made("button", "city-button");
    button.type = "button";
    button.append(made("span", "city-name", city.name[this.language]));
    if (!city.at) button.append(made("span", "soft", this.says.saysOffMap));
    button.append(made("span", "count", this.says.saysCount.replace("{count}", city.residents.length)));
    const people = made("ul", "people");
    people.id = `people-${city.code}`;
    button.setAttribute("aria-controls", people.id);
    people.append(...city.residents.map((each) => this.#person(each)));
    heading.append(button);
    item.append(heading, people);
    button.addEventListener("click", () => this.#turn(item, !this.opened.has(city.code)));
    this.#turn(item, this.opened.has(city.code), false);
    return item;
  }

  #person(each) {
    const item = made("li", each.stale ? "stale" : "");
    const name = made("span", "name", each.name[this.language]);
    name.dir = "auto";
    item.append(name, " ", made("span", "soft", each.about[this.language]));
    return item;
  }

  #turn(item, open, tell = true) {
    const code = Number(item.dataset.code);
    this.opened[open ? "add" : "delete"](code);
    item.classList.toggle("open", open);
    item.querySelector("button").setAttribute("aria-expanded", String(open));
    item.querySelector(".people").hidden = !open;
    if (tell && open) this.onopen(code);
  }

  /** Open a city alone and bring it into sight: its flag was pressed. */
  open(code) {
    for (const each of this.node.querySelectorAll(".city.open")) this.#turn(each, false);
    const item = this.node.querySelector(`[data-code="${code}"]`);
    this.#turn(item, true, false);
    item.scrollIntoView({ block: "nearest" });
    item.querySelector("button").focus({ preventScroll: true });
  }
}
