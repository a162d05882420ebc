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
	const data = JSON.parse(document.getElementById('flame-data').textContent);
	const svg = document.getElementById('flame');
	const frames = document.getElementById('frames');
	const isFile = svg.classList.contains('file');
	const LEAST = 0.1; // pixels: narrower boxes are not drawn
	const TEXT_LEAST = 24;

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

	function describe(i) {
		let text = data.names[name[i]] + ': ' + withShare(cum(i));
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

	function fitted(text, boxWidth) {
		const room = Math.floor((boxWidth - 6) / charWidth);
		if (cells(text) <= room)
			return text;
		text = text.replace(/^(?:[\w.-]+\/)+(?=[^./]+\..)/, '');
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

	function yOf(d) {
		return data.top + (isUp ? data.rows - 1 - d : d) * data.row;
	}

	function drawBox(to, i, x, w, extra) {
		const box = element('rect', {
			'data-i': i, class: classOf(i) + extra, x: x.toFixed(2), y: yOf(depth[i]),
			width: (w >= 2 ? w - 0.5 : w).toFixed(2), height: data.box,
		});
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

	function boxOf(i) {
		return frames.querySelector('[data-i="' + i + '"]');
	}

	function mark() {
		for (const e of frames.querySelectorAll('.selected'))
			e.classList.remove('selected');
		const box = selected >= 0 && boxOf(selected);
		if (box)
			box.classList.add('selected');
	}

	// ---- what the reader does ----

	const details = document.getElementById('details');
	const hint = details.textContent;

	function tell(text) {
		details.textContent = text;
	}

	function zoomTo(i) {
		zoom = i;
		selected = i;
		draw();
		tell(describe(i));
		controls.reset.style.display = zoom ? '' : 'none';
	}

	function reset() {
		zoomTo(0);
		selected = -1;
		mark();
		tell(hint);
	}

	function flip() {
		isUp = !isUp;
		draw();
	}

	// A frame below another one that is found counts as part of that.
	function covered() {
		let sum = 0, values = 0;
		for (let i = 0; i < n; i++) {
			if (!hits[name[i]])
				continue;
			sum += weight[i];
			values += cum(i);
			i = end[i] - 1;
		}
		return withShare(values) + (data.diff ? ', ' + percent(sum, weight[0]) + ' of the width' : '');
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
	}

	function select(i) {
		if (i < 0 || i >= n || !boxOf(i))
			return;
		selected = i;
		mark();
		tell(describe(i));
	}

	function isVisible(i) {
		return boxOf(i) !== null;
	}

	function firstCallee(i) {
		return i + 1 < end[i] && isVisible(i + 1) ? i + 1 : i;
	}

	// The next box to the right or left in the same row.
	function neighbour(i, by) {
		for (let k = i + by; k > 0 && k < n; k += by)
			if (depth[k] === depth[i] && isVisible(k))
				return k;
		return i;
	}

	function nextHit(i, by) {
		for (let k = i + by; hits && k >= 0 && k < n; k += by)
			if (hits[name[k]] && isVisible(k))
				return k;
		return i;
	}

	function press(key) {
		const at = selected < 0 ? zoom : selected;
		const out = () => select(parent[at] >= 0 ? parent[at] : at);
		const into = () => select(firstCallee(at));
		const keys = {
			ArrowDown: isUp ? out : into,
			ArrowUp: isUp ? into : out,
			ArrowRight: () => select(neighbour(at, 1)),
			ArrowLeft: () => select(neighbour(at, -1)),
			Enter: () => zoomTo(at),
			Escape: reset,
			r: reset,
			o: flip,
			n: () => select(nextHit(at, 1)),
			N: () => select(nextHit(at, -1)),
			'/': () => controls.search.focus(),
			'?': () => tell('arrows: move; Enter: zoom; Esc or r: reset; /: search; n N: next match; o: turn over'),
		};
		if (!keys[key])
			return false;
		keys[key]();
		return true;
	}

	// ---- controls: those of the page, or of our own ----

	function link_(text, x, id, act) {
		const e = element('text', { class: 'control', x: x, y: 20, id: id });
		e.textContent = text;
		e.addEventListener('click', act);
		svg.appendChild(e);
		return e;
	}

	function makeControls() {
		const x = width - data.side;
		const holder = element('foreignObject', { x: x - 200, y: 6, width: 200, height: 22 });
		const input = document.createElementNS('http://www.w3.org/1999/xhtml', 'input');
		input.setAttribute('id', 'search');
		input.setAttribute('class', 'box');
		input.setAttribute('placeholder', 'Search (regexp)');
		input.setAttribute('aria-label', 'Search');
		holder.appendChild(input);
		svg.appendChild(holder);
		const reset_ = link_('Reset zoom', x - 350, 'reset', reset);
		link_('Turn over', x - 270, 'flip', flip);
		const found = element('text', { class: 'matched', id: 'matched', x: x, y: details.getAttribute('y'),
						'text-anchor': 'end' });
		svg.appendChild(found);
		return { search: input, reset: reset_, matched: found };
	}

	function findControls() {
		const byId = (id) => document.getElementById(id);
		byId('reset').addEventListener('click', reset);
		byId('flip').addEventListener('click', flip);
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
			tell(describe(Number(box.i)));
		else if (box.merged !== undefined)
			tell(merged[box.merged] + ' narrow frames below ' + data.names[name[box.merged]] + ', merged: ' +
				(data.diff ? percent(rest[box.merged], weight[0]) : withShare(rest[box.merged])));
	}

	function click(event) {
		const box = event.target.dataset;
		if (box && box.i !== undefined)
			zoomTo(Number(box.i));
	}

	function keydown(event) {
		if (event.target === controls.search) {
			if (event.key !== 'Escape')
				return;
			controls.search.value = '';
			search('');
			controls.search.blur();
		} else if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key)) {
			return;
		}
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

	link();
	measure();
	frames.addEventListener('mouseover', over);
	frames.addEventListener('mousemove', (event) => {
		pointer = event.clientX + ',' + event.clientY;
	});
	frames.addEventListener('mouseleave', () => tell(selected >= 0 ? describe(selected) : hint));
	frames.addEventListener('click', click);
	controls.search.addEventListener('input', () => search(controls.search.value));
	document.addEventListener('keydown', keydown);
	if (!isFile)
		window.addEventListener('resize', () => {
			measure();
			draw();
		});
	controls.reset.style.display = 'none';
	draw();
	window.flame = { search, reset, zoomTo, value, percent, data };
})();
