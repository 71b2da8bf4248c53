// Opens our pages in Chromium as people do, and prints as JSON what axe-core finds and what a keyboard reached.
// node pages.mjs <pages.json> <folder of node_modules> <chromium> [folder for pictures]
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [file, modules, chromium, pictures] = process.argv.slice(2);
const require = createRequire(modules + "/");
const { chromium: browserType } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const { pages, walks, sizes } = JSON.parse(readFileSync(file, "utf8"));

const browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
const looks = [];
for (const [width, colorScheme, of] of sizes) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  for (const [number, [name, { url, press }]] of Object.entries(pages).entries()) {
    if (!press && number % of) continue; // a second press takes the first one back
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

// With the policy that the app sends, without script, by keyboard alone: every page is gone through, every button pressed.
const plain = await browser.newContext({ viewport: { width: 320, height: 800 }, javaScriptEnabled: false });
const page = await plain.newPage();
const said = [], asked = [], walked = [];
page.on("console", (message) => said.push(message.text()));
page.on("request", (request) => asked.push(request.url()));
const focused = () => page.evaluate(() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return {
    place: [...document.querySelectorAll("*")].indexOf(one), type: one.type || "", name: one.name || "",
    value: one.value || "", does: one.form?.elements.do?.value, seen: outlineStyle !== "none" && outlineWidth !== "0px",
  };
});
const stops = () => page.evaluate(() => {
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select")];
  const groups = new Set(all.filter((one) => one.type === "radio").map((one) => one.name));
  return all.filter((one) => one.type !== "radio").length + groups.size;
});
const isTheButton = (one, fields) => one.type === "submit" && one.does === fields.do;
for (const [name, { url, fields }] of Object.entries(walks)) {
  await page.goto(url);
  const reached = new Map(), number = await stops();
  let last = "";
  for (let tabs = 0; tabs < 80; tabs += 1) {
    await page.keyboard.press("Tab");
    const one = await focused(), key = one && (one.type === "radio" ? one.name : one.place);
    if (!one || (reached.has(key) && key !== last)) break;
    if (one.type === "radio" && one.name in fields) {
      await page.keyboard.press("Space");
      for (let turns = 0; turns < 12 && (await focused()).value !== fields[one.name]; turns += 1)
        await page.keyboard.press("ArrowDown");
    } else if (one.type === "checkbox") {
      if ((one.name in fields) !== (await page.locator(":focus").isChecked())) await page.keyboard.press("Space");
    } else if (one.type === "date" && one.name in fields && key !== last) {
      const [year, month, date] = fields[one.name].split("-");
      await page.keyboard.type(month + date + year); // as this browser writes it
    } else if (["text", "textarea"].includes(one.type) && one.name in fields) {
      await page.keyboard.press("Control+A");
      await page.keyboard.type(fields[one.name]);
    }
    one.seen ||= reached.get(key)?.seen; // a day has a stop each for its day, month, year and picker
    reached.set((last = key), one);
  }
  let one = null, pressed = false;
  for (let tabs = 0; tabs < 80 && !(one && isTheButton(one, fields)); tabs += 1) {
    await page.keyboard.press("Shift+Tab");
    one = await focused();
  }
  if (one && isTheButton(one, fields)) {
    const answered = page.waitForNavigation({ timeout: 5000 }).then(() => true, () => false);
    await page.keyboard.press("Enter");
    pressed = await answered;
  }
  const noted = pressed ? await page.locator("[role=status]").allInnerTexts() : [];
  walked.push({
    name, pressed, noted: noted.join(" "), stops: number, reached: reached.size,
    unseen: [...reached.values()].filter((one) => !one.seen).length,
  });
}
const cookies = await plain.cookies();
await browser.close();
console.log(JSON.stringify({ looks, walked, said, asked, cookies }));
