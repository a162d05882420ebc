// Moving about in a call graph that dot has drawn.
//
// Lives here: dragging moves it, the wheel makes it larger or smaller around the pointer.
(function () {
	'use strict';

	const svg = document.documentElement;
	const view = document.getElementById('viewport');
	const STEP = 1.2; // a notch of the wheel
	let scale = 0.5, x = 0, y = 0; // as the file has it
	let held = null;

	function show() {
		view.setAttribute('transform', 'translate(' + x + ',' + y + ') scale(' + scale + ')');
	}

	svg.addEventListener('wheel', (event) => {
		const by = event.deltaY < 0 ? STEP : 1 / STEP;
		event.preventDefault();
		x = event.clientX - (event.clientX - x) * by;
		y = event.clientY - (event.clientY - y) * by;
		scale *= by;
		show();
	}, { passive: false });
	svg.addEventListener('mousedown', (event) => {
		held = { x: event.clientX - x, y: event.clientY - y };
		event.preventDefault();
	});
	svg.addEventListener('mousemove', (event) => {
		if (!held)
			return;
		x = event.clientX - held.x;
		y = event.clientY - held.y;
		show();
	});
	svg.addEventListener('mouseup', () => {
		held = null;
	});
})();
