/*
 * cpprof-view.
 *
 * Lives here: the entry and the exit status.
 */
#include "config.h"

int main(void)
{
	return 0;
}
