// The flame graph of a picture, and of the page around one.
//
// Lives here: drawing boxes from the data, zoom, search, details, keys.
// Not here: the table beside it (page.js), the data (report/flamegraph_data.c).
//
// A node is a row of columns: depth, name, weight, flat, merged callees and their weight, and in a
// comparison after and before.  Nodes stand in preorder.  The picture that was there is replaced
// by one drawn from the data, which looks the same.
(function () {
	'use strict';

	const NS = 'http://www.w3.org/2000/svg';
	const byId = (id) => document.getElementById(id);
	const data = JSON.parse(byId('flame-data').textContent);
	const svg = byId('flame');
	const frames = byId('frames');
	const isFile = svg.classList.contains('file');
	const LEAST = 0.1; // pixels: narrower boxes are not drawn
	const TEXT_LEAST = 30;

	const n = data.nodes.length / data.fields;
	const column = (at) => Float64Array.from({ length: n }, (_, i) => data.nodes[i * data.fields + at]);
	const depth = column(0), name = column(1), weight = column(2), flat = column(3);
	const merged = column(4), rest = column(5);
	const after = data.fields > 6 ? column(6) : weight;
	const before = data.fields > 6 ? column(7) : new Float64Array(n);
	const parent = new Int32Array(n).fill(-1);
	const end = new Int32Array(n); // behind the last node below this one
	const below = new Float64Array(n); // weight of callees that have boxes

	let zoom = 0;
	let selected = -1;
	let isUp = data.up;
	let hits = null; // by name: whether the search finds it
	let width = data.width;
	let charWidth = 7.3;
	let shown = new Map(); // boxes by node

	function link() {
		const path = [];
		for (let i = 0; i < n; i++) {
			while (path.length > depth[i])
				end[path.pop()] = i;
			if (path.length) {
				parent[i] = path[path.length - 1];
				below[parent[i]] += weight[i];
			}
			path.push(i);
		}
		while (path.length)
			end[path.pop()] = n;
	}

	// ---- numbers as text ----

	function number(x) {
		const text = x.toFixed(2);
		return text.endsWith('.00') ? text.slice(0, -3) : text;
	}

	// A value as the reports write it: in the largest unit that leaves one or more.
	function value(v) {
		v *= data.step;
		if (data.ratio !== 1)
			v = Math.trunc(v * data.ratio);
		const size = Math.abs(v);
		let unit = data.units[data.unit];
		for (const u of data.units) {
			if (size / u[0] < 1)
				break;
			unit = u;
		}
		const text = number(v / unit[0]);
		return text === '0' || text === '-0' ? '0' : text + unit[1];
	}

	function percent(v, total) {
		const share = total ? Math.abs(v / total) * 100 : 0;
		if (share >= 99.95 && share <= 100.05)
			return '100%';
		return (share >= 1 ? share.toFixed(2) : String(Number(share.toPrecision(2)))) + '%';
	}

	const total = data.total / data.step;
	const cum = (i) => after[i] - before[i];
	const withShare = (v) => value(v) + ' (' + percent(v, total) + ')';

	function figures(i) {
		let text = withShare(cum(i));
		if (data.diff)
			text += ', before ' + withShare(before[i]) + ', after ' + withShare(after[i]);
		text += ', flat ' + withShare(flat[i]);
		if (parent[i] > 0)
			text += ', ' + percent(weight[i], weight[parent[i]]) + ' of its caller';
		if (zoom)
			text += ', ' + percent(weight[i], weight[zoom]) + ' of the zoom';
		return text;
	}

	// ---- drawing ----

	function element(tag, attributes) {
		const e = document.createElementNS(NS, tag);
		for (const key in attributes)
			e.setAttribute(key, attributes[key]);
		return e;
	}

	// Which names hold a match is looked up once; whether a box is lit, when it is drawn.
	function classOf(i) {
		if (hits && hits[name[i]])
			return 'hit';
		if (i === 0)
			return 'r';
		if (!data.diff)
			return 'c' + (data.colours.charCodeAt(name[i]) - 97);
		const larger = Math.max(after[i], before[i]);
		const change = larger ? (after[i] - before[i]) / larger : 0;
		if (!change)
			return 'z';
		const size = Math.abs(change);
		const step = size > 0.5 ? 4 : size > 0.25 ? 3 : size > 0.125 ? 2 : 1;
		return (change > 0 ? 'p' : 'n') + step;
	}

	function cells(text) {
		let w = 0;
		for (const c of text)
			w += c.codePointAt(0) >= 0x1100 ? 2 : 1;
		return w;
	}

	function cut(text, room) {
		if (cells(text) <= room)
			return text;
		let used = 0, head = '';
		for (const c of text) {
			used += cells(c);
			if (used + 1 > room)
				break;
			head += c;
		}
		return head + '\u2026';
	}

	function fitted(text, boxWidth) {
		const room = Math.floor((boxWidth - 6) / charWidth);
		if (cells(text) <= room)
			return text;
		return cut(text.replace(/^(?:[\w.-]+\/)+(?=[^./]+\..)/, ''), room);
	}

	function yOf(d) {
		return data.top + (isUp ? data.rows - 1 - d : d) * data.row;
	}

	function drawBox(to, i, x, w, extra) {
		const box = element('rect', {
			'data-i': i, class: classOf(i) + extra, x: x.toFixed(2), y: yOf(depth[i]),
			width: (w >= 2 ? w - 0.5 : w).toFixed(2), height: data.box,
		});
		shown.set(i, box);
		to.boxes.appendChild(box);
		if (w < TEXT_LEAST)
			return;
		const text = element('text', { x: (x + 3).toFixed(2), y: yOf(depth[i]) + data.box - 5 });
		text.textContent = fitted(data.names[name[i]], w);
		to.texts.appendChild(text);
	}

	function drawMerged(to, i, x, w) {
		to.boxes.appendChild(element('rect', {
			'data-merged': i, class: 'm', x: x.toFixed(2), y: yOf(depth[i] + 1),
			width: w.toFixed(2), height: data.box,
		}));
	}

	// What calls the zoomed frame is as wide as it, and so is it.
	function draw() {
		const to = { boxes: element('g', {}), texts: element('g', {}) };
		const all = width - 2 * data.side, scale = weight[zoom] ? all / weight[zoom] : 0;
		const next = []; // by depth: where the next box begins

		shown = new Map();
		for (let i = parent[zoom]; i >= 0; i = parent[i])
			drawBox(to, i, data.side, all, ' above');
		next[depth[zoom]] = data.side;
		for (let i = zoom; i < end[zoom]; i++) {
			const x = next[depth[i]], w = i === zoom ? all : weight[i] * scale;
			next[depth[i]] = x + w;
			if (w < LEAST) {
				i = end[i] - 1;
				continue;
			}
			next[depth[i] + 1] = x;
			drawBox(to, i, x, w, '');
			if (merged[i] && rest[i] * scale >= LEAST)
				drawMerged(to, i, x + below[i] * scale, rest[i] * scale);
		}
		frames.replaceChildren(to.boxes, to.texts);
		mark();
	}

	function mark() {
		for (const e of frames.querySelectorAll('.selected'))
			e.classList.remove('selected');
		const box = shown.get(selected);
		if (box)
			box.classList.add('selected');
	}

	// ---- what the reader is told ----

	const line = { frame: byId('frame'), figures: byId('figures') };
	const hint = line.frame.textContent;
	const HINT = 'click or Enter: zoom; /: search; ?: all keys';

	// In a file a line has one width; in a page the style cuts it.
	function tell(frame, text) {
		const taken = isFile ? cells(controls.matched.textContent) : 0;
		const room = Math.floor((width - 2 * data.side) / charWidth);
		line.frame.textContent = isFile ? cut(frame, taken ? room - taken - 2 : room) : frame;
		line.figures.textContent = isFile ? cut(text, room) : text;
	}

	function tellNode(i) {
		if (i >= 0)
			tell(data.names[name[i]], figures(i));
		else
			tell(hint, HINT);
	}

	function tellMerged(i) {
		const many = merged[i] === 1 ? '1 narrow frame' : merged[i] + ' narrow frames';
		tell(many + ' below ' + data.names[name[i]] + ', merged',
			data.diff ? percent(rest[i], weight[0]) + ' of the width' : withShare(rest[i]));
	}

	// ---- what the reader does ----

	function zoomTo(i) {
		zoom = i;
		selected = i;
		draw();
		tellNode(i);
		controls.reset.style.display = zoom ? '' : 'none';
	}

	function reset() {
		zoomTo(0);
		selected = -1;
		mark();
		tellNode(-1);
	}

	function turn() {
		isUp = !isUp;
		draw();
	}

	// A frame below another one that is found counts as part of that.  What is in merged frames has
	// no names any more: how much of that the search might find too is told.
	function covered() {
		let sum = 0, values = 0, unknown = 0;
		for (let i = 0; i < n; i++) {
			if (!hits[name[i]]) {
				unknown += rest[i];
				continue;
			}
			sum += weight[i];
			values += cum(i);
			i = end[i] - 1;
		}
		let text = withShare(values);
		if (data.diff)
			text += ', ' + percent(sum, weight[0]) + ' of the width';
		if (unknown)
			text += ', at most ' + percent(unknown, weight[0]) + ' more in merged frames';
		return text;
	}

	function pattern(text) {
		try {
			return new RegExp(text);
		} catch (e) {
			return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
		}
	}

	function search(text) {
		const re = text && pattern(text);
		hits = re ? data.names.map((s) => re.test(s)) : null;
		if (hits)
			hits[name[0]] = false; // the root is no function
		controls.matched.textContent = hits ? 'Matched: ' + covered() : '';
		draw();
		tellNode(selected);
	}

	function reveal(box) {
		const at = box.getBoundingClientRect();
		if (at.top < data.top || at.bottom > window.innerHeight)
			box.scrollIntoView({ block: 'center' });
	}

	function select(i) {
		if (!shown.has(i))
			return;
		selected = i;
		mark();
		reveal(shown.get(i));
		tellNode(i);
	}

	// Of what is drawn, in the order of the nodes: the first one by that many steps.
	function step(from, by, isWanted) {
		for (let i = from + by; i >= 0 && i < n; i += by)
			if (shown.has(i) && isWanted(i))
				return i;
		return from;
	}

	function hottest(i) {
		while (shown.has(i + 1) && i + 1 < end[i] && weight[i + 1] >= flat[i])
			i++;
		return i;
	}

	const KEYS = 'arrows: move; Enter: zoom; Backspace: to its caller; Escape: all; c: hottest; ' +
		'v: turn over; /: search; n N: next, previous match';

	function press(key) {
		const at = selected < 0 ? zoom : selected;
		const out = () => select(parent[at]);
		const into = () => select(at + 1 < end[at] ? at + 1 : at);
		const isBeside = (i) => depth[i] === depth[at];
		const isHit = (i) => hits !== null && hits[name[i]];
		const keys = {
			ArrowDown: isUp ? out : into,
			ArrowUp: isUp ? into : out,
			ArrowRight: () => select(step(at, 1, isBeside)),
			ArrowLeft: () => select(step(at, -1, isBeside)),
			Home: () => select(0),
			Enter: () => zoomTo(at),
			Backspace: () => zoomTo(Math.max(0, parent[zoom])),
			Escape: reset,
			r: reset,
			c: () => select(hottest(at)),
			v: turn,
			n: () => select(step(at, 1, isHit)),
			N: () => select(step(at, -1, isHit)),
			'/': () => controls.search.focus(),
			'?': () => tell(KEYS, ''),
		};
		if (!Object.hasOwn(keys, key))
			return false;
		keys[key]();
		return true;
	}

	// ---- controls: those of the page, or of our own ----

	function button(id, text, x, w, act) {
		const e = element('g', { id, class: 'button', role: 'button', tabindex: 0 });
		e.appendChild(element('rect', { x, y: data.controls, width: w, height: 20, rx: 4 }));
		e.appendChild(element('text', { x: x + w / 2, y: data.controls + 14, 'text-anchor': 'middle' }));
		e.lastChild.textContent = text;
		e.addEventListener('click', act);
		e.addEventListener('keydown', (event) => {
			if (event.key === 'Enter' || event.key === ' ')
				act();
		});
		byId('head').appendChild(e);
		return e;
	}

	function makeControls() {
		const right = width - data.side, room = Math.min(180, width - 2 * data.side - 168);
		const holder = element('foreignObject', { x: right - room, y: data.controls, width: room, height: 20 });
		const input = document.createElementNS('http://www.w3.org/1999/xhtml', 'input');
		const found = element('text', { class: 'matched', id: 'matched', x: right, y: data.top - 24,
						'text-anchor': 'end' });
		for (const [key, text] of [['id', 'search'], ['class', 'box'], ['placeholder', 'Search (regexp)'],
			['aria-label', 'Search']])
			input.setAttribute(key, text);
		const all = button('reset', 'Reset zoom', right - room - 168, 82, reset);
		button('turn', 'Turn over', right - room - 80, 74, turn);
		holder.appendChild(input);
		byId('head').append(holder, found);
		return { search: input, reset: all, matched: found };
	}

	function findControls() {
		byId('reset').addEventListener('click', reset);
		byId('turn').addEventListener('click', turn);
		return { search: byId('search'), reset: byId('reset'), matched: byId('matched') };
	}

	const controls = isFile ? makeControls() : findControls();

	// A box that comes to lie under a pointer at rest says nothing.
	let pointer = '';

	function over(event) {
		const box = event.target.dataset, at = event.clientX + ',' + event.clientY;
		if (!box || at === pointer)
			return;
		pointer = at;
		if (box.i !== undefined)
			tellNode(Number(box.i));
		else if (box.merged !== undefined)
			tellMerged(Number(box.merged));
		addTooltip(event.target);
	}

	// For who looks at the box, not at the lines above: what they say, as in the picture that was there.
	function addTooltip(box) {
		if (box.firstChild || !box.dataset.i)
			return;
		const title = element('title', {});
		title.textContent = data.names[name[box.dataset.i]] + '\n' + figures(Number(box.dataset.i));
		box.appendChild(title);
	}

	function click(event) {
		const box = event.target.dataset;
		if (box && box.i !== undefined)
			zoomTo(Number(box.i));
	}

	function keydownInSearch(event) {
		if (event.key !== 'Escape' && event.key !== 'Enter')
			return;
		if (event.key === 'Escape') {
			controls.search.value = '';
			search('');
		}
		controls.search.blur();
		if (event.key === 'Enter')
			press('n');
		event.preventDefault();
	}

	// What has the keys by itself keeps them: buttons, and rows of the table.
	function keydown(event) {
		const isOwn = event.target.closest && event.target.closest('button, [role=button], [tabindex]');
		if (event.target === controls.search)
			keydownInSearch(event);
		else if (!event.ctrlKey && !event.metaKey && !event.altKey &&
			!(isOwn && (event.key === 'Enter' || event.key === ' ')) && press(event.key))
			event.preventDefault();
	}

	// The page is as wide as its window; a file keeps its width.
	function measure() {
		const probe = element('text', {});
		probe.textContent = '0123456789';
		svg.appendChild(probe);
		charWidth = probe.getComputedTextLength() / 10 || charWidth;
		svg.removeChild(probe);
		if (isFile)
			return;
		width = Math.max(300, svg.parentNode.clientWidth);
		svg.setAttribute('width', width);
		svg.removeAttribute('viewBox');
	}

	function onMove() {
		if (isFile)
			window.addEventListener('scroll', () => // the lines above the boxes stay in sight
				byId('head').setAttribute('transform', 'translate(0,' + window.scrollY + ')'));
		else
			window.addEventListener('resize', () => {
				measure();
				draw();
			});
	}

	link();
	measure();
	onMove();
	frames.addEventListener('mouseover', over);
	frames.addEventListener('mousemove', (event) => {
		pointer = event.clientX + ',' + event.clientY;
	});
	frames.addEventListener('mouseleave', () => tellNode(selected));
	frames.addEventListener('click', click);
	controls.search.addEventListener('input', () => search(controls.search.value));
	document.addEventListener('keydown', keydown);
	controls.reset.style.display = 'none';
	byId('details').setAttribute('aria-live', 'polite');
	draw();
	tellNode(-1);
	if (isFile && isUp)
		window.scrollTo(0, document.documentElement.scrollHeight); // where the root is
	window.flame = { search, reset, zoomTo, value, percent, data };
})();
