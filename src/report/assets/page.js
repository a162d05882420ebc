// The table of functions beside a flame graph.
//
// Lives here: its rows, sorting, searching together with the picture; light and dark.
// Not here: the picture (flame.js), which has been set up before.
(function () {
	'use strict';

	const { data, percent, search } = window.flame;
	const root = document.documentElement;
	const box = document.getElementById('search');
	const body = document.querySelector('#functions tbody');
	const heads = Array.from(document.querySelectorAll('#functions th'));
	const more = document.getElementById('more');
	const SHOWN_MOST = 1000; // rows in the page at a time

	const rows = [];
	for (let i = 0; i < data.functions.length; i += 3)
		rows.push({
			name: data.names[data.functions[i]],
			flat: data.functions[i + 1], cum: data.functions[i + 2],
		});
	let column = 'flat';
	let isAscending = false;

	const value = (v) => window.flame.value(v / data.step);
	const compare = {
		flat: (a, b) => Math.abs(a.flat) - Math.abs(b.flat),
		cum: (a, b) => Math.abs(a.cum) - Math.abs(b.cum),
		name: byName,
	};

	// Equal ones are in the order of their names either way.
	function byName(a, b) {
		return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
	}

	function cell(tr, text) {
		const td = document.createElement('td');
		td.textContent = text;
		tr.appendChild(td);
	}

	function rowOf(r) {
		const tr = document.createElement('tr');
		cell(tr, value(r.flat));
		cell(tr, percent(r.flat, data.total));
		cell(tr, value(r.cum));
		cell(tr, percent(r.cum, data.total));
		cell(tr, r.name);
		tr.tabIndex = -1;
		tr.dataset.name = r.name;
		return tr;
	}

	function matches() {
		let re;
		try {
			re = new RegExp(box.value);
		} catch (e) {
			return (r) => r.name.includes(box.value);
		}
		return (r) => re.test(r.name);
	}

	function draw() {
		const found = rows.filter(matches());
		const list = document.createDocumentFragment();
		for (const r of found.slice(0, SHOWN_MOST))
			list.appendChild(rowOf(r));
		if (list.firstChild)
			list.firstChild.tabIndex = 0; // the way in by Tab; arrows go on
		body.replaceChildren(list);
		more.textContent = found.length > SHOWN_MOST ?
			'and ' + (found.length - SHOWN_MOST) + ' more: search for them' :
			found.length ? '' : 'no function here matches';
	}

	function sort(by) {
		isAscending = by === column ? !isAscending : by === 'name';
		column = by;
		order();
	}

	function order() {
		const sign = isAscending ? 1 : -1;
		rows.sort((a, b) => sign * compare[column](a, b) || byName(a, b));
		for (const th of heads)
			if (th.dataset.by === column)
				th.setAttribute('aria-sort', isAscending ? 'ascending' : 'descending');
			else
				th.removeAttribute('aria-sort');
		draw();
	}

	// The row's function in the picture; once more, all of them again.
	function find(tr) {
		const text = '^' + tr.dataset.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + '$';
		box.value = box.value === text ? '' : text;
		search(box.value);
		draw();
	}

	function press(event) {
		const tr = event.target.closest('tr');
		if (event.key === 'Enter') {
			find(tr);
			if (body.firstChild)
				body.firstChild.focus();
			return;
		}
		const next = event.key === 'ArrowDown' ? tr.nextSibling :
			event.key === 'ArrowUp' ? tr.previousSibling : null;
		if (next)
			next.focus();
		if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
			event.preventDefault();
			event.stopPropagation(); // the picture keeps its place
		}
	}

	function show(theme) {
		root.dataset.theme = theme;
	}

	for (const th of heads)
		th.addEventListener('click', () => sort(th.dataset.by || th.dataset.with));
	body.addEventListener('click', (event) => find(event.target.closest('tr')));
	body.addEventListener('keydown', press);
	box.addEventListener('input', draw);
	box.addEventListener('keydown', (event) => {
		if (event.key === 'Escape')
			window.setTimeout(draw);
	});
	document.getElementById('theme').addEventListener('click',
		() => show(root.dataset.theme === 'dark' ? 'light' : 'dark'));
	show(window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
	order();
})();
