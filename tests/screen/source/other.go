package evil

// The same function for another system.
func wide() {
	call()
}
