"use strict";

charts.setMetrics(page.data.metrics);
if (page.data.kl) {
  charts.setDimensions(page.data.kl);
}
