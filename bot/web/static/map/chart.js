// The map: the country's outline and a red flag per city, drawn by ECharts. Canvas only, so that the content policy allows no inline style.

import { init, registerMap } from "../vendor/echarts.js";

const FLAG = "path://M0,0 L0,44 L4,44 L4,24 L32,13 L4,2 L4,0 Z";
const NAME = "zhibu";   // not “china”: ECharts would add drawings of its own to a map of that name
const WHOLE = { zoom: 1, center: [104.5, 29.5] };

export class Chart {
  static async on(node, language, choose) {
    const answer = await fetch("/branch/map/china.json");
    if (!answer.ok) throw new Error(`the outline did not come: ${answer.status}`);
    registerMap(NAME, await answer.json());
    return new Chart(node, language, choose);
  }

  constructor(node, language, choose) {
    this.node = node;
    this.language = language;
    this.cities = [];
    this.chosen = null;
    this.roam = "scale";
    this.chart = init(node, null, { renderer: "canvas" });
    this.chart.on("click", { seriesType: "scatter" }, ({ data }) => {
      this.chosen = data.code;
      this.#flags();
      choose(data.code);
    });
    // A tap is told by ECharts when the finger leaves. The click that the browser makes of it later would fall on whatever lies there
    // by then: the list, which has moved to the city, and open another one.
    node.addEventListener("touchend", (event) => event.cancelable && event.preventDefault());
    this.#ground();
    this.whole();
    this.chart.on("georoam", () => {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.#flags(), 80);   // while a hand is at it ECharts leaves names where their flags were
    });
    new ResizeObserver(() => this.#redraw()).observe(node);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#redraw());
    for (const [when, printing] of [["beforeprint", true], ["afterprint", false]]) {
      addEventListener(when, () => {
        document.documentElement.classList.toggle("printing", printing);   // paper is white, whatever the screen is
        this.#redraw();
      });
    }
    node.chart = this;   // a test asks it where a flag is
  }

  #tone(name) {
    return getComputedStyle(this.node).getPropertyValue(`--${name}`).trim();
  }

  #ground() {
    const line = { areaColor: this.#tone("land"), borderColor: this.#tone("border"), borderWidth: 0.7 };
    this.chart.setOption({
      animation: false,
      backgroundColor: this.#tone("water"),
      geo: {
        map: NAME,
        roam: this.roam,
        aspectScale: 0.82,
        layoutCenter: ["50%", "50%"],
        layoutSize: "94%",
        scaleLimit: { min: 1, max: 30 },
        selectedMode: false,
        itemStyle: line,
        label: { show: false },
        emphasis: { disabled: true },
        tooltip: { show: false },
        regions: [{ name: "境界线", itemStyle: { borderColor: this.#tone("coast"), borderWidth: 1.6 } }],
      },
    });
  }

  /** So many flags are seen at once that each has to be smaller. */
  #isCrowded() {
    return this.cities.length > 120 && this.#zoomed() < 2;
  }

  /** Width and height of the flag of so many people: only a little larger for more, and never as large as two. */
  #size(count) {
    const room = this.chart.getWidth();
    const width = this.crowded ? Math.min(12, room / 40) : room < 480 ? 15 : 19;
    const larger = 1 + (0.45 * count) / (count + 8);
    return [width * larger, width * 1.37 * larger];
  }

  #flags() {
    this.crowded = this.#isCrowded();
    // Of the whole country nothing is out of sight: there a finger that wipes over the map moves the page.
    const roam = this.#zoomed() > 1 || "scale";
    if (roam !== this.roam) {
      this.roam = roam;
      this.chart.setOption({ geo: { roam } });
    }
    // The smallest come first: the larger ones stand before them, and of labels without room those of the larger flags stay.
    const data = this.cities.filter((city) => city.at).reverse().map((city) => ({
      name: city.name[this.language],
      code: city.code,
      value: [...city.at, city.residents.length],
      itemStyle: city.code === this.chosen ? { color: this.#tone("chosen-flag"), borderColor: this.#tone("ink"), borderWidth: 1.5 } : undefined,
    }));
    this.chart.setOption({
      series: [{
        id: "flags",
        type: "scatter",
        coordinateSystem: "geo",
        geoIndex: 0,
        symbol: FLAG,
        symbolSize: ([, , count]) => this.#size(count),
        symbolOffset: ["50%", "-50%"],   // the foot of the staff stands in the city
        itemStyle: { color: this.#tone("flag"), borderColor: this.#tone("land"), borderWidth: 0.8, opacity: 1 },
        label: {
          show: true,
          position: "right",
          distance: 1,
          formatter: ({ name, value }) => `${name} ${value[2]}`,
          color: this.#tone("ink"),
          fontSize: 12,
          fontFamily: getComputedStyle(this.node).fontFamily,
          textBorderColor: this.#tone("land"),
          textBorderWidth: 3,
        },
        labelLayout: ({ rect, labelRect }) => (labelRect.x + labelRect.width < this.chart.getWidth() - 2
          ? { hideOverlap: true }
          : { hideOverlap: true, x: rect.x - 3, align: "right" }),   // no room to the right: written to the left
        emphasis: { scale: 1.15, label: { show: true, fontWeight: "bold" } },
        cursor: "pointer",
        data,
      }],
    });
  }

  /** Draw anew in the room there is now. On paper the drawing for the screen is shrunk by the style sheet instead. */
  #redraw() {
    if (!this.node.clientHeight || !this.node.clientWidth || matchMedia("print").matches) return;
    this.chart.resize();
    this.#ground();
    this.#flags();
  }

  /** Stand the flags of some cities. */
  show(cities) {
    this.cities = cities;
    this.#flags();
  }

  /** Mark a city's flag and bring it to the middle. */
  choose(code) {
    const city = this.cities.find((each) => each.code === code);
    this.chosen = code;
    this.#flags();
    if (city?.at) this.chart.setOption({ geo: { center: city.at, zoom: Math.max(this.#zoomed(), 3) } });
  }

  #zoomed() {
    return this.chart.getOption().geo[0].zoom ?? 1;
  }

  /** Come closer (more than 1) or go farther. */
  zoom(times) {
    this.chart.setOption({ geo: { zoom: Math.min(30, Math.max(1, this.#zoomed() * times)) } });
    this.#flags();
  }

  /** Show the whole country. */
  whole() {
    this.chart.setOption({ geo: WHOLE });
    this.#flags();
  }

  /** Where the cloth of a city's flag is, in pixels of the page. */
  flag(code) {
    const city = this.cities.find((each) => each.code === code);
    const [x, y] = this.chart.convertToPixel("geo", city.at);
    const [width, height] = this.#size(city.residents.length);
    const { left, top } = this.node.getBoundingClientRect();
    return [left + x + width * 0.4, top + y - height * 0.7];
  }

  /** Nothing is left on the sheet. */
  clear() {
    this.chart.clear();
  }
}
