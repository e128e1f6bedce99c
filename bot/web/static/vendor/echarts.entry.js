// What the map page needs of Apache ECharts; `make echarts` bundles it into echarts.js.
import { ScatterChart } from "echarts/charts.js";
import { GeoComponent } from "echarts/components.js";
import { use } from "echarts/core.js";
import { LabelLayout } from "echarts/features.js";
import { CanvasRenderer } from "echarts/renderers.js";

use([ScatterChart, GeoComponent, LabelLayout, CanvasRenderer]);

export { init, registerMap } from "echarts/core.js";
