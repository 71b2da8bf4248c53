// Opens a page in Chromium at the widths and colours asked for, and prints what axe-core finds as JSON.
// node axe.mjs <page.html> <folder of node_modules> <chromium> <sizes as JSON> [folder for pictures]
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [file, modules, chromium, sizes, pictures] = process.argv.slice(2);
const require = createRequire(modules + "/");
const { chromium: browserType } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
const found = [];
for (const [width, colorScheme] of JSON.parse(sizes)) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (pictures) await page.screenshot({ path: `${pictures}/page-${width}-${colorScheme}.png`, fullPage: true });
  found.push({
    width, colorScheme, wide, passes: passes.length, requests: asked.slice(1),
    violations: violations.map((one) => `${one.id}: ${one.help} at ${one.nodes[0].target}`),
  });
  await context.close();
}
await browser.close();
console.log(JSON.stringify(found));
