// Paints ../replies.png: what replies.json has, as Discord shows it, with the web components of
// @skyra/discord-components-core in a headless Chromium. `paint` runs it.

import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PICTURE = join(HERE, '../replies.png');
// Two columns; the picture is half as fine again.
const WIDTH = 1300;

// Served to the page only; nothing else can be reached from it.
const ADDRESS = 'http://picture.invalid';
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.css': 'text/css', '.woff2': 'font/woff2' };

async function serve(route) {
	const path = normalize(new URL(route.request().url()).pathname);
	const type = TYPES[extname(path)];
	if (!route.request().url().startsWith(ADDRESS) || !type) return route.abort();
	await route.fulfill({ contentType: type, body: await readFile(join(HERE, path)) });
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
	const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 }, deviceScaleFactor: 1.5 });
	const problems = [];
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('requestfailed', (request) => problems.push(`cannot load ${request.url()}`));
	await page.route('**/*', serve);
	await page.goto(`${ADDRESS}/page.html`);
	await page.waitForFunction(() => document.body.dataset.painted || document.body.dataset.failed, undefined, { timeout: 30_000 });
	problems.push(...(await page.evaluate(() => document.body.dataset.failed?.split('\n') ?? [])));
	if (problems.length > 0) throw new Error(problems.join('\n'));
	await page.locator('main').screenshot({ path: PICTURE });
} finally {
	await browser.close();
}
