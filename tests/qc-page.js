/*
 * qc-page.js MODULES FOLDER: the page of mdx-qc in a real browser, opened from
 * its file with the network off.  FOLDER holds both.html, zh.html, en.html,
 * empty.html, and `hostile`, the names that came with the data.
 */
const fs = require('fs');
const path = require('path');
const [modules, folder] = process.argv.slice(2);
const puppeteer = require(path.join(modules, 'puppeteer-core'));
const axe = fs.readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');
const hostile = fs.readFileSync(path.join(folder, 'hostile'), 'utf8')
	.trim().split('\n');
let browser, passed = 0, failed = 0;

function check(what, ok, why) {
	if (ok) {
		passed++;
	} else {
		failed++;
		console.log(`FAIL  qc-page: ${what}${why ? `: ${why}` : ''}`);
	}
}

async function open(name) {
	const page = await browser.newPage();
	const heard = [];

	page.on('request', r => {
		if (!r.url().endsWith(`/${name}.html`))
			heard.push(r.url());
	});
	page.on('pageerror', e => heard.push(e.message));
	page.on('console', m => heard.push(m.text()));
	page.on('dialog', d => {
		heard.push('a dialog');
		d.dismiss();
	});
	await page.setOfflineMode(true);
	await page.setViewport({ width: 1280, height: 900 });
	await page.goto(`file://${path.join(folder, name)}.html`);
	return { page, heard };
}

/* Everything that can be unfolded is, so that nothing is left unseen. */
async function violations(page) {
	await page.evaluate(() => {
		for (const d of document.querySelectorAll('details'))
			d.open = true;
	});
	await page.evaluate(axe);
	const result = await page.evaluate(() => axe.run(document));
	return result.violations.map(
	    v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html}`).join('; ');
}

async function accessible(name) {
	const { page, heard } = await open(name);

	let found = await violations(page);
	check(`${name}: no axe violation`, found === '', found);
	if (name === 'both') {
		await page.click('label[for=english]');
		found = await violations(page);
		check('both, in English: no axe violation', found === '', found);
	}
	check(`${name}: nothing is asked for, nothing complains`,
	    heard.length === 0, heard.join('; '));
	await page.close();
}

/* Tab goes through every control, in order, with a mark that shows. */
async function keyboard() {
	const { page } = await open('both');
	const controls = 'a[href], input, summary, [tabindex="0"]';
	const n = await page.$$eval(controls, list => list.filter(
	    e => e.matches('summary') ? e.parentElement.parentElement.closest(
		'details:not([open])') === null : true).length);
	let reached = 0, marked = 0;

	await page.evaluate(c => {
		window.all = [...document.querySelectorAll(c)];
	}, controls);
	for (let i = 0; i < n; i++) {
		await page.keyboard.press('Tab');
		const [known, mark] = await page.evaluate(() => {
			const e = document.activeElement;
			const shown = e.id === 'english'
			    ? document.querySelector('label[for=english]') : e;
			const known = window.all.indexOf(e) >= 0;

			window.all = window.all.filter(x => x !== e);
			return [known,
				getComputedStyle(shown).outlineStyle !== 'none'];
		});
		reached += known;
		marked += mark;
	}
	check('the keyboard reaches every control', reached === n,
	    `${reached} of ${n}`);
	check('the focus shows on each', marked === n, `${marked} of ${n}`);

	await page.focus('#english');
	await page.keyboard.press('Space');
	check('the space bar speaks English',
	    await page.$eval('h1', e => e.innerText) === 'Quality of the data');
	await page.focus('#catalogue summary');
	await page.keyboard.press('Enter');
	check('the enter key unfolds',
	    await page.$eval('#catalogue details', e => e.open));
	await page.close();
}

async function escapes() {
	const { page } = await open('both');
	const names = await page.$$eval('.parts tbody th',
	    list => list.map(e => e.textContent));

	for (const name of hostile)
		check(`the name ${name} is text`, names.includes(name));
	check('no element comes out of data', await page.$$eval(
	    'script, img, iframe, object, form, link, base, [onmouseover]',
	    list => list.length) === 0);
	await page.close();
	const titled = await open('zh');
	check('the title is text', await titled.page.title() === hostile[2]);
	await titled.page.close();
}

async function languages() {
	const { page } = await open('both');
	const shown = () => page.evaluate(() => ['.z', '[lang=en]'].map(
	    s => [...document.querySelectorAll(`body ${s}`)].filter(
		e => getComputedStyle(e).display !== 'none').length));
	const [zh, en] = await shown();

	await page.click('label[for=english]');
	const [zh2, en2] = await shown();
	check('one language shows at a time',
	    zh > 20 && zh2 === 0 && en2 >= zh && en === 1,
	    `${zh} ${en}, then ${zh2} ${en2}`);
	await page.close();
}

async function fits() {
	const { page } = await open('both');
	const width = () => page.evaluate(
	    () => document.documentElement.scrollWidth);

	await page.setViewport({ width: 390, height: 800 });
	check('it fits a telephone', await width() <= 390, await width());
	await page.setViewport({ width: 695, height: 990 });
	await page.emulateMediaType('print');
	check('it fits a sheet of A4', await width() <= 695, await width());
	check('it prints', (await page.pdf({ format: 'A4' })).length > 10000);
	await page.close();
}

(async () => {
	browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium',
	    args: ['--no-sandbox', '--disable-gpu'] });
	for (const name of ['both', 'zh', 'en', 'empty'])
		await accessible(name);
	await keyboard();
	await escapes();
	await languages();
	await fits();
	await browser.close();
	console.log(`${passed} ${failed}`);
})().catch(e => {
	console.log(`FAIL  qc-page: ${e.stack}`);
	console.log(`${passed} ${failed + 1}`);
	process.exit(1);
});
