// Opens our pages in Chromium as people do, and prints as JSON what axe-core finds and what a keyboard reached.
// node pages.mjs <pages.json> <folder of node_modules> <chromium> [folder for pictures]
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [file, modules, chromium, pictures] = process.argv.slice(2);
const require = createRequire(modules + "/");
const { chromium: browserType } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const { pages, walk, sizes } = JSON.parse(readFileSync(file, "utf8"));

const browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
const looks = [];
for (const [width, colorScheme] of sizes) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  for (const [name, { url, press }] of Object.entries(pages)) {
    await page.goto(url);
    if (press) await Promise.all([page.waitForNavigation(), page.click(press)]);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    const seen = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      small: [...document.querySelectorAll("button, a.button, .pick")]
        .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent),
    }));
    if (pictures) await page.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    looks.push({
      name, width, colorScheme, ...seen,
      violations: violations.map((one) => `${one.id}: ${one.help} at ${one.nodes[0].target}`),
    });
  }
  await context.close();
}

// With the policy that the app sends, without script, by keyboard alone.
const plain = await browser.newContext({ viewport: { width: 320, height: 800 }, javaScriptEnabled: false });
const page = await plain.newPage();
const said = [], asked = [];
page.on("console", (message) => said.push(message.text()));
page.on("request", (request) => asked.push(request.url()));
await page.goto(walk);
await page.keyboard.press("Tab");
await page.keyboard.type("Half of us were ill");
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
await page.waitForLoadState();
const noted = await page.locator("[role=status]").innerText();
const font = await page.locator("h1").evaluate((one) => getComputedStyle(one).fontSize).catch(() => "");
const cookies = await plain.cookies();
await browser.close();
console.log(JSON.stringify({ looks, walk: { noted, said, asked, cookies, font } }));
