// Lays out replies.json, which the program itself has said, as Discord would: embeds, fields, buttons and selects, with
// the Markdown that Needle uses. What it does not know it refuses, so that the picture cannot leave anything out.

import '@skyra/discord-components-core';

const BUTTONS = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive' };

// Pictures of people, so that nothing is fetched.
const ADA = face('A', '#5865f2');
const NEEDLE = face('N', '#2e8b57');

function face(letter, colour) {
	const circle = `<rect width="40" height="40" fill="${colour}"/>`;
	const text = `<text x="20" y="27" font-family="sans-serif" font-size="20" fill="white" text-anchor="middle">${letter}</text>`;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">${circle}${text}</svg>`;
	return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
	}
	made.append(...children.flat());
	return made;
}

// Text (the library's own bold text has a space behind it) with **bold**, *italics*, _italics_, [links](to), `code` and escaped characters.
function inline(text) {
	const nodes = [];
	const pattern = /\\([^\w\s])|\*\*(.+?)\*\*|\*(.+?)\*|\b_(.+?)_\b|\[(.+?)\]\(<?(\S+?)>?\)|`(.+?)`/g;
	let plain = '';
	let at = 0;
	const push = (node) => {
		if (plain) nodes.push(plain);
		plain = '';
		nodes.push(node);
	};
	for (const found of text.matchAll(pattern)) {
		plain += text.slice(at, found.index);
		at = found.index + found[0].length;
		const [, escaped, bold, star, line, label, to, code] = found;
		if (escaped) plain += escaped;
		else if (bold) push(element('strong', {}, inline(bold)));
		else if (star || line) push(element('em', {}, inline(star ?? line)));
		else if (label) push(element('discord-link', { href: to }, inline(label)));
		else push(element('discord-code', {}, code));
	}
	plain += text.slice(at);
	if (plain) nodes.push(plain);
	return nodes;
}

// Lines, with quotes, lists and small print.
function markdown(text) {
	const nodes = [];
	let list = null;
	let follows = false;
	for (const line of text.split('\n')) {
		const item = /^[-*] (.*)$/.exec(line);
		const quote = /^> (.*)$/.exec(line);
		const small = /^-# (.*)$/.exec(line);
		if (item) {
			if (!list) nodes.push((list = element('discord-unordered-list')));
			list.append(element('discord-list-item', {}, inline(item[1])));
			follows = false;
			continue;
		}
		list = null;
		if (quote) {
			nodes.push(element('discord-quote', {}, inline(quote[1])));
			follows = false;
			continue;
		}
		if (follows) nodes.push(element('br'));
		nodes.push(...(small ? [element('small', {}, inline(small[1]))] : inline(line)));
		follows = true;
	}
	return nodes;
}

function embed({ title, description, color, fields, footer, ...rest }) {
	knowsAll(rest, ['type']);
	const made = element('discord-embed', { slot: 'embeds', 'embed-title': title, color: `#${color.toString(16).padStart(6, '0')}` });
	if (description) made.append(element('discord-embed-description', { slot: 'description' }, markdown(description)));
	if (fields?.length) {
		const field = ({ name, value, inline: beside }) =>
			element('discord-embed-field', { 'field-title': name, inline: beside }, markdown(value));
		made.append(element('discord-embed-fields', { slot: 'fields' }, fields.map(field)));
	}
	if (footer) made.append(element('discord-embed-footer', { slot: 'footer' }, footer.text));
	return made;
}

function component({ type, style, label, disabled, placeholder, options, ...rest }) {
	knowsAll(rest, []);
	if (type === 2) return element('discord-button', { type: BUTTONS[style], disabled }, label);
	// Closed, as it is until somebody opens it: the options are not seen.
	if (type === 3 && options.length > 0) return element('discord-string-select-menu', { placeholder, disabled });
	throw new Error(`a component of the unknown type ${type}`);
}

function knowsAll(rest, known) {
	const unknown = Object.keys(rest).filter((key) => !known.includes(key) && rest[key] !== null);
	if (unknown.length) throw new Error(`the picture does not show ${unknown.join(', ')}`);
}

function conversation({ question, embeds, components }) {
	const asked = element(
		'discord-message',
		{ author: 'ada', avatar: ADA, timestamp: 'Today at 10:42' },
		element('discord-mention', { type: 'user' }, 'Needle'),
		` ${question}`
	);
	const rows = components.map((row) => element('discord-action-row', {}, row.components.map(component)));
	const reply = element(
		'discord-message',
		{ author: 'Needle', avatar: NEEDLE, bot: true, timestamp: 'Today at 10:42' },
		element('discord-reply', { slot: 'reply', author: 'ada', avatar: ADA, mentions: false }, `@Needle ${question}`),
		embeds.map(embed)
	);
	if (rows.length) reply.append(element('discord-attachments', { slot: 'components' }, rows));
	return element('discord-messages', { 'no-background': true }, asked, reply);
}

try {
	const replies = await (await fetch('/replies.json')).json();
	const columns = [element('div'), element('div')];
	// The answer and the notice of danger are about as high as one another, the other two are low.
	[0, 1, 1, 0].forEach((column, index) => columns[column].append(conversation(replies[index])));
	document.querySelector('main').append(...columns);
	await document.fonts.ready;
	await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
	for (const element of document.querySelectorAll('main *')) {
		if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display === 'block') {
			throw new Error(`<${element.localName}> is wider than its place: ${element.textContent.slice(0, 60)}`);
		}
	}
	document.body.dataset.painted = 'yes';
} catch (error) {
	document.body.dataset.failed = `${error}`;
}
